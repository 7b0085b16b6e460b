/**
 * The three spaces a row number can live in. The compiler refuses a number of one space where another is meant; a plain
 * number fits any, so that no cast is needed where a number is first made. At runtime they are numbers.
 */
type InSpace<Space extends string, T> = T & { readonly space?: Space };

/** Row of the table as read from the file, from 0: what a person sees, a recipe names and a result keeps. */
export type FileRow = InSpace<'file', number>;

/** Position in a table that went through the recipe; a position in the file's own table where there was none. */
export type TableRow = InSpace<'table', number>;

/** Position among the outages that are learnt from, in the order of an `OutageSet`. */
export type SampleIndex = InSpace<'sample', number>;

export type FileRows = InSpace<'file', Int32Array>;
export type TableRows = InSpace<'table', Int32Array>;
export type SampleIndices = InSpace<'sample', Int32Array>;
