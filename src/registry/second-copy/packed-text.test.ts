import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packBytes, unpackBytes } from './packed-text.ts';
import { parseRecord, writeRecord } from './record-text.ts';

it('packs any bytes, fifteen bits a character, into text that every store keeps as it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 10_000 }), (bytes) => {
      const text = packBytes(bytes);
      expect(text.length).toBe(Math.ceil((bytes.length * 8) / 15) + 1);
      expect(/[\ud800-\udfff]/.test(text)).toBe(false);
      expect(unpackBytes(text)).toEqual(new Uint8Array(bytes));
    }),
  );
});

it('writes any record as text and reads it back, NaN and the infinities included', () => {
  const record = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.double().map((n) => n + 0),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('any'), { maxLength: 4 }),
    object: fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('any'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  }));
  fc.assert(
    fc.property(record.any, (value) => {
      expect(parseRecord(writeRecord(value))).toEqual(value);
    }),
  );
});
