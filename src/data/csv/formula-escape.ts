/**
 * A spreadsheet runs a cell whose first visible character is = + - or @ (also in their wide forms), or
 * that begins with a tab, CR or LF. `escapeFormula` puts a `'` before such a label, `unescapeFormula`
 * takes it away: for every label, unescape(escape(label)) = label. Numbers are left as they are.
 */
export function escapeFormula(label: string): string {
  return isDangerous(label) && !isPlainNumber(label) ? `'${label}` : label;
}

export function unescapeFormula(label: string): string {
  return label.charCodeAt(0) === 39 && isDangerous(label.slice(1)) ? label.slice(1) : label;
}

/** Leading `'`, spaces and invisible characters do not count, so that an escaped label is dangerous too. */
function isDangerous(label: string): boolean {
  return /^[' \p{Cf}]*[=+\-@\t\r\n]/u.test(label.normalize('NFKC'));
}

function isPlainNumber(label: string): boolean {
  return /^[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?$/.test(label);
}
