import type { fr } from './fr.ts';

/** The French dictionary: the one whose shape the code is checked against. */
export type French = typeof fr;

/** The same shape in a language without the plural form "many" (a million of…). */
export type Words<T> = {
  readonly [Key in keyof T as Key extends `${string}_many` ? never : Key]: T[Key] extends string
    ? string
    : Words<T[Key]>;
};
