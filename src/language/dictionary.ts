import { en } from './en.ts';
import { fr } from './fr.ts';

export type Language = 'fr' | 'en';

type PluralForm = 'one' | 'many' | 'other';

type Stem<Key extends string> = Key extends `${infer Name}_${PluralForm}` ? Name : Key;

type KeysOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? Stem<Key> : `${Key}.${KeysOf<Texts[Key]>}`;
}[keyof Texts & string];

/** The address of a text: `data.target.unit`. One that has plural forms is called by its stem. */
export type TextKey = KeysOf<typeof fr>;

export const dictionaries = { fr, en } as const;
