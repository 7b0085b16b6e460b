import type { fr } from './fr.ts';

/** A dictionary: texts at the leaves. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** The French dictionary: the one whose shape the code is checked against. */
export type French = typeof fr;

/** The same shape in a language without the plural form "many" (a million of…). */
export type Translation<Texts> = {
  readonly [Key in keyof Texts as Key extends `${string}_many` ? never : Key]: Texts[Key] extends string
    ? string
    : Translation<Texts[Key]>;
};
