import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createRng, type Rng } from '#base/random.ts';
import { createImportedModel } from './imported-model.ts';
import { drawParityRows } from './parity-rows.ts';
import { readXgboost } from './xgboost/read-xgboost.ts';

const N_MUTANTS = 100;
const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

/** The refusal's code; null for a model that answers with numbers. Anything else is thrown on. */
function open(bytes: Uint8Array): string | null {
  try {
    const model = createImportedModel(readXgboost(bytes), { scale: 'identity', seen: null });
    expect(drawParityRows(model, 5, 1).predictions.every(Number.isFinite)).toBe(true);
    return null;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code.startsWith('import-')) return thrown.code;
    throw thrown;
  }
}

function damage(bytes: Uint8Array, rng: Rng): Uint8Array {
  const mutant = bytes.slice();
  for (let i = 1 + rng.nextBelow(4); i > 0; i--) mutant[rng.nextBelow(mutant.length)] = rng.nextBelow(256);
  return rng.nextFloat() < 0.2 ? mutant.slice(0, rng.nextBelow(mutant.length)) : mutant;
}

const strange = [null, -1, 1e9, 2 ** 31, NaN, '', 'x', [], {}, [[]], '1e400', true];

/** One value somewhere in a document is another. */
function forge(json: unknown, rng: Rng): unknown {
  const isBranch = typeof json === 'object' && json !== null;
  const keys = isBranch ? Object.keys(json) : [];
  if (!isBranch || keys.length === 0 || rng.nextFloat() < 0.05) return strange[rng.nextBelow(strange.length)];
  const key = keys[rng.nextBelow(keys.length)] ?? '';
  const changed = forge((json as Record<string, unknown>)[key], rng);
  return Array.isArray(json)
    ? json.map((each, i): unknown => (String(i) === key ? changed : each))
    : { ...json, [key]: changed };
}

describe('hostile files', () => {
  it.each(['categories.json.model', 'categories.ubj.model'])(
    'damaged copies of %s are refused in words, or answer',
    (name) => {
      const bytes = read(name);
      const codes = Array.from({ length: N_MUTANTS }, (_, seed) => open(damage(bytes, createRng(seed))));
      expect(codes.filter((code) => code === 'import-invalid').length).toBeGreaterThan(N_MUTANTS / 10);
    },
  );

  it('forged documents are refused in words, or answer', () => {
    const plain = JSON.parse(
      read('categories.json.model').toString('utf8').replaceAll('NaN', 'null'),
    ) as unknown;
    const codes = Array.from({ length: N_MUTANTS }, (_, seed) => {
      const text = JSON.stringify(forge(plain, createRng(seed)));
      return open(new TextEncoder().encode(text));
    });
    expect(codes.filter((code) => code !== null).length).toBeGreaterThan(N_MUTANTS / 3);
  });

  it.each([
    ['nothing', ''],
    ['no object', '[1, 2]'],
    ['an endless nesting', '{"learner":'.repeat(10_000)],
    ['a picture', '\u0089PNG\r\n'],
    ['a model of Tranche', '{"format":"tranche-model","version":4,"hash":"","content":{}}'],
    ['UBJSON of a huge array', '{L\0\0\0\0\0\0\0\u0001a[$D#L\u007f\0\0\0\0\0\0\0'],
    ['UBJSON nested without end', `{L\0\0\0\0\0\0\0\u0001a${'['.repeat(5000)}`],
  ])('%s is refused', (_, text) => {
    expect(open(new TextEncoder().encode(text))).toBe('import-invalid');
  });

  it.each([
    ['booster', /"name":"gbtree"/u, '"name":"dart"'],
    ['objective', /reg:squarederror/u, 'reg:gamma'],
    ['outputs', /"num_class":"0"/u, '"num_class":"3"'],
    ['outputs', /"num_target":"1"/u, '"num_target":"2"'],
  ])('a model of another kind is refused by its %s', (part, from, to) => {
    const text = read('categories.json.model').toString('utf8');
    expect(text).toMatch(from);
    expect(() => readXgboost(new TextEncoder().encode(text.replace(from, to)))).toThrow(
      expect.objectContaining({
        code: 'import-unsupported',
        details: expect.objectContaining({ part }) as object,
      }),
    );
  });
});
