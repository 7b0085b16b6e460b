import { strToU8 } from 'fflate';

/** A message of Protocol Buffers, as the bytes of its fields so far. */
export interface ProtoMessage {
  readonly whole: (field: number, value: number) => ProtoMessage;
  readonly wholes: (field: number, values: readonly number[]) => ProtoMessage;
  readonly text: (field: number, value: string) => ProtoMessage;
  readonly bytes: (field: number, value: Uint8Array) => ProtoMessage;
  readonly message: (field: number, value: ProtoMessage) => ProtoMessage;
  readonly finish: () => Uint8Array;
}

const VARINT = 0;
const LENGTH = 2;

/** Writes fields in the order they are told. Whole numbers up to 2^53, negative ones as 64 bits. */
export function createMessage(): ProtoMessage {
  const parts: Uint8Array[] = [];
  const add = (field: number, wire: number, ...content: readonly Uint8Array[]) => {
    parts.push(varint(field * 8 + wire), ...content);
    return message;
  };
  const bytes = (field: number, value: Uint8Array) => add(field, LENGTH, varint(value.length), value);
  const message: ProtoMessage = {
    whole: (field, value) => add(field, VARINT, varint(value)),
    wholes: (field, values) => bytes(field, join(values.map(varint))),
    text: (field, value) => bytes(field, strToU8(value)),
    bytes,
    message: (field, value) => bytes(field, value.finish()),
    finish: () => join(parts),
  };
  return message;
}

function varint(value: number): Uint8Array {
  const out: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  while (left > 127n) {
    out.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  out.push(Number(left));
  return Uint8Array.from(out);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
