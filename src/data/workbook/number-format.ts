/** What the number of a cell means, by how the workbook shows it. */
export type NumberMeaning = 'number' | 'date' | 'time' | 'duration';

/** Formats that every workbook has without writing them (ECMA-376, 18.8.30), those of other languages among them. */
function readBuiltIn(id: number): NumberMeaning {
  if (id === 46) return 'duration';
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || (id >= 32 && id <= 35) || id === 55 || id === 56)
    return 'time';
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  return 'number';
}

/** The meaning of a format by its id, and its code where the workbook writes one. */
export function readNumberFormat(id: number, code: string | undefined): NumberMeaning {
  return code === undefined ? readBuiltIn(id) : readFormatCode(code);
}

/** `dd/mm/yyyy` is a date, `[h]:mm` a duration, `hh:mm` a time of day, `0.0 "j"` a number. */
function readFormatCode(code: string): NumberMeaning {
  const [first = ''] = code
    // Texts, signs that stand for themselves, widths and fillings.
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .split(';');
  if (/^\s*(general|standard)?\s*$/i.test(first)) return 'number';
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'duration';
  const letters = first
    .replace(/\[[^\]]*\]/g, '')
    .replace(/am\/pm|a\/p/gi, '')
    .replace(/e[+-]/gi, '');
  if (/[yd]/i.test(letters)) return 'date';
  if (/[hs]/i.test(letters)) return 'time';
  return /m/i.test(letters) && !/[0#?]/.test(letters) ? 'date' : 'number';
}
