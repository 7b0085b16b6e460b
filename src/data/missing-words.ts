/** What exports write where they have nothing to say, lower case. `NC` and `ND` stay labels: they may be codes. */
const missingWords = new Set([
  '',
  'na',
  'n/a',
  '#n/a',
  '#na',
  '<na>',
  'nan',
  '-nan',
  'null',
  'none',
  '\\n',
  '-',
  '--',
  '–',
  '—',
  '?',
  'n.d.',
  'n.d',
  'n/d',
  'n.c.',
  'n.r.',
  '(vide)',
  '(blank)',
  '#ref!',
  '#div/0!',
  '#value!',
  '#valeur!',
  '#num!',
  '#nombre!',
  '#name?',
  '#nom?',
  '#null!',
  '#nul!',
]);
const longestWord = 8;

/** True for an empty cell, for spaces, and for the words that mean "nothing known here". */
export function isMissing(text: string): boolean {
  if (text === '') return true;
  if (text.length <= longestWord) {
    if (missingWords.has(text)) return true;
    const code = text.charCodeAt(0);
    // A digit never begins a missing word: spares the lower-casing of most cells.
    if (code >= 48 && code <= 57) return false;
    return missingWords.has(text.trim().toLowerCase());
  }
  return text.trim() === '' || missingWords.has(text.trim().toLowerCase());
}
