/** The text of a cell that was wrapped so that a spreadsheet leaves it as it is: `="0012"` is `0012`. Other cells as they are. */
export function unwrapExcelText(text: string): string {
  if (text.charCodeAt(0) !== 61) return text;
  const match = /^="((?:[^"]|"")*)"\s*$/.exec(text);
  return match === null ? text : (match[1] as string).replaceAll('""', '"');
}
