/**
 * Folders of one room may not import each other in a circle, `import type` included. The files directly in a room are a
 * folder too: they either stand below the room's folders (`data/table.ts` under `data/csv/`) or above them, never both.
 */
import { folderArrows } from './allowances.mjs';
import { findWay, folderOf, isTest, listFolderArrows, resolveImport, roomOf } from './sources.mjs';

let arrows = null;

/** Folders a folder imports from; read once for all files. */
function arrowsOf(folder) {
  arrows ??= listFolderArrows();
  return Object.keys(arrows[folder] ?? {}).filter((to) => !folderArrows.includes(`${folder} -> ${to}`));
}

export const folderCycles = {
  create(context) {
    const path = /[\\/]src[\\/](.*)$/u.exec(context.filename)?.[1].replaceAll('\\', '/');
    if (path === undefined || isTest(path)) return {};
    const from = folderOf(path);

    function check(node) {
      if (typeof node?.value !== 'string') return;
      const target = resolveImport(path, node.value);
      if (target === null || roomOf(target) !== roomOf(path)) return;
      const to = folderOf(target);
      if (to === from || folderArrows.includes(`${from} -> ${to}`)) return;
      const way = findWay(arrowsOf, to, from);
      if (way === null) return;
      context.report({
        node,
        message: `A circle of folders: ${[from, ...way].join(' → ')}. Move what both need to where neither has to look back.`,
      });
    }

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};
