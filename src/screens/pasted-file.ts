/** Name of the file that pasted cells are read as. */
const PASTED_NAME = 'presse-papiers.tsv';

/** Cells copied from a spreadsheet, as a file like any other; null for a text that is no table. */
export function toPastedFile(text: string): File | null {
  const isTable = /[\t;,]/u.test(text) && text.trim().includes('\n');
  return isTable ? new File([text], PASTED_NAME, { type: 'text/tab-separated-values' }) : null;
}
