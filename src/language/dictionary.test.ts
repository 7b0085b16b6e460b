import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '#base/errors.ts';
import { en } from './en.ts';
import { describeError } from './error-words.ts';
import { fr } from './fr.ts';
import type { Texts } from './translation.ts';
import { wordsIn } from './words.ts';

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [name, text] of flatten(value, `${prefix}${key}.`)) flat.set(name, text);
  }
  return flat;
}

const french = flatten(fr);
const english = flatten(en);
const blanksOf = (text: string) =>
  [...text.matchAll(/\{\{\w+(?:, \w+)?\}\}/gu)].map(([blank]) => blank).sort();

describe('the dictionary', () => {
  it('says the same things in both languages, French alone having the plural of millions', () => {
    const expected = [...french.keys()].filter((key) => !key.endsWith('_many'));
    expect(new Set(english.keys())).toEqual(new Set(expected));
  });

  it('leaves the same blanks in both languages', () => {
    for (const [key, text] of english)
      expect([key, blanksOf(text)]).toEqual([key, blanksOf(french.get(key) ?? '')]);
  });

  it('has no empty text and no doubled or outer space', () => {
    const isFaulty = (text: string) => text === '' || text.trim() !== text || / {2}/u.test(text);
    expect([...french, ...english].filter(([, text]) => isFaulty(text))).toEqual([]);
  });

  it('has every French plural form wherever it has one', () => {
    const stems = [...french.keys()].flatMap((key) => /^(.*)_(?:one|many|other)$/u.exec(key)?.[1] ?? []);
    const forms = stems.flatMap((stem) => ['one', 'many', 'other'].map((form) => `${stem}_${form}`));
    expect(forms.filter((key) => !french.has(key))).toEqual([]);
  });

  it.each(['fr', 'en'] as const)('words every error, with what to do (%s)', (language) => {
    const { t } = wordsIn(language);
    const details = { names: ['Effectif', 'Palier'], message: 'm', column: 'c', name: 'n', value: 1 };
    const worded = errorCodes.map((code) => ({ code, ...describeError(t, code, details) }));
    const isFaulty = (text: string) => /^errors\.|\{\{|undefined/u.test(text);
    expect(
      worded.filter(({ what, todo }) => !/[.!]$/u.test(what) || isFaulty(what) || isFaulty(todo)),
    ).toEqual([]);
  });

  it('has no text that nothing shows', () => {
    const code = readSources(new URL('../', import.meta.url));
    const unused = [...french.keys()]
      .map((key) => key.replace(/_(one|many|other)$/u, ''))
      .filter((key) => !isUsed(key, code));
    expect([...new Set(unused)]).toEqual([]);
  });
});

/** A key stands in the code whole, or as a template whose blank takes one of its parts. */
function isUsed(key: string, code: string): boolean {
  if (code.includes(`'${key}'`)) return true;
  const parts = key.split('.');
  return parts.some((_, i) => {
    const before = parts.slice(0, i).join('.');
    const after = parts.slice(i + 1).join('.');
    const pattern = `\`${escape(before)}\\.(\\w*)\\$\\{[^\`]*\\}\\w*${after === '' ? '' : `\\.${escape(after)}`}\``;
    return i > 0 && new RegExp(pattern, 'u').test(code);
  });
}

function escape(text: string): string {
  return text.replaceAll('.', '\\.').replaceAll('-', '\\x2d');
}

function readSources(folder: URL): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/u.test(path) && !path.includes('.test.') && !/language\/(fr|en)/u.test(path))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'))
    .join('\n');
}
