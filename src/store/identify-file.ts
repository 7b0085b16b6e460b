/** What a file is, by its content: its name tells little. */
export type FileKind = 'model' | 'project' | 'image' | 'pdf' | 'table';

const headSize = 512;

const signatures: readonly (readonly [kind: FileKind, start: string])[] = [
  ['image', '\u0089PNG'],
  ['image', '\u00FF\u00D8\u00FF'],
  ['image', 'GIF8'],
  ['image', 'BM'],
  ['pdf', '%PDF'],
];

/** Looks at a file's first bytes. What is no model, image or PDF is taken for a table: its reader says what is wrong with it. */
export async function identifyFile(file: Blob): Promise<FileKind> {
  const head = new Uint8Array(await file.slice(0, headSize).arrayBuffer());
  const text = String.fromCharCode(...head);
  // Our own zips begin with their manifest; a workbook is a zip, too.
  if (text.startsWith('PK\u0003\u0004') && text.startsWith('manifest.json', 30)) return 'project';
  const known = signatures.find(([kind, start]) => text.startsWith(start) && isBinary(kind, head));
  if (known) return known[0];
  if (/^RIFF.{4}WEBP/su.test(text)) return 'image';
  return /^(\u00EF\u00BB\u00BF)?\s*\{\s*"/u.test(text) ? 'model' : 'table';
}

/** A text may begin like a bitmap: it has no zero bytes. */
function isBinary(kind: FileKind, head: Uint8Array): boolean {
  return kind === 'pdf' || head.includes(0);
}
