const totalWords =
  /^(grand )?(total|totaux|sous-total|somme|sum|subtotal|moyenne|average|mean|nombre|count|total général|total general)\b[\s:]*$/i;

/** True for a record that sums up the column above: its first filled cell is a word like "Total". */
export function isTotalRecord(cells: readonly string[]): boolean {
  const first = cells.find((cell) => cell.trim() !== '');
  return first !== undefined && totalWords.test(first.trim());
}
