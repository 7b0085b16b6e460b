export function listSources(): string[];
export function isTest(path: string): boolean;
export function readSource(path: string): string;
export function listImports(path: string, code?: string): string[];
export function resolveImport(path: string, specifier: string): string | null;
export function roomOf(path: string): string;
export function folderOf(path: string): string;
export function listFolderArrows(
  paths?: readonly string[],
): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
export function findWay(
  arrowsOf: (node: string) => readonly string[],
  from: string,
  to: string,
): string[] | null;
