import { AppError } from '#base/errors.ts';

/** Beginnings of files that people take for a CSV; workbooks are opened before. */
const signatures: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/** Throws `file-not-text` for a known binary format, or for too many control characters (not for UTF-16). */
export function refuseBinary(head: Uint8Array, isUtf16: boolean): void {
  for (const [kind, bytes] of signatures) {
    if (bytes.every((byte, index) => head[index] === byte)) {
      throw new AppError('file-not-text', `The file is not text but ${kind}.`, { kind });
    }
  }
  if (isUtf16) return;
  let nControls = 0;
  for (const byte of head) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) nControls++;
  }
  if (nControls > Math.max(1, head.length / 200)) {
    throw new AppError('file-not-text', `The file is not text: ${nControls} control characters.`, {
      kind: 'unknown',
    });
  }
}
