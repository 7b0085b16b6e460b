/** One cell as a screen or a form holds it: a number, a label, a date as milliseconds since 1970, or missing. */
export type CellValue = number | string | null;

/** One case by column position; the order is that of the table or of the model's features. */
export type CellRow = readonly CellValue[];
