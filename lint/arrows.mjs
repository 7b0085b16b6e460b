/**
 * An import between rooms may only follow an arrow of `layers.json`.
 *
 * `import type`, `export … from` and dynamic `import()` count as arrows. A screen may not import
 * another screen. Between folders the `#folder/file.ts` form is used, so that every arrow can be read
 * off the line; a relative path must stay inside its own folder.
 */
import { readFileSync } from 'node:fs';

const layers = JSON.parse(readFileSync(new URL('./layers.json', import.meta.url), 'utf8'));

/** All rooms below one: a test may look further down than the code it tests. */
function findReached(folder) {
  const below = layers[folder] ?? [];
  return [...new Set([...below, ...below.flatMap(findReached)])];
}

/** `…/src/screens/model/form.tsx` → { folder: 'screens', part: 'model', isTest: false }; null outside `src/`. */
function placeOf(filename) {
  const match = /[\\/]src[\\/]([^\\/]+)[\\/](.*)$/u.exec(filename);
  if (!match) return null;
  const parts = match[2].split(/[\\/]/u);
  return {
    folder: match[1],
    part: parts.length > 1 ? parts[0] : null,
    isTest: /\.test\.tsx?$/u.test(filename),
  };
}

function targetOf(specifier, from) {
  const subpath = /^#([^/]+)\/(.*)$/u.exec(specifier);
  if (subpath) {
    const rest = subpath[2].split('/');
    return { folder: subpath[1], part: rest.length > 1 ? rest[0] : null };
  }
  if (!specifier.startsWith('.')) return null;
  const base = from.replaceAll('\\', '/').split('/').slice(0, -1);
  for (const step of specifier.split('/')) {
    if (step === '..') base.pop();
    else if (step !== '.') base.push(step);
  }
  return placeOf(base.join('/'));
}

export const arrows = {
  create(context) {
    const from = placeOf(context.filename);
    if (!from) return {};
    const allowed = from.isTest ? findReached(from.folder) : layers[from.folder];

    function check(node) {
      const specifier = node?.value;
      if (typeof specifier !== 'string') return;
      const to = targetOf(specifier, context.filename);
      if (!to) return;
      if (!allowed) {
        context.report({
          node,
          message: `src/${from.folder} is not in lint/layers.json: add it, with its arrows.`,
        });
      } else if (to.folder !== from.folder) {
        if (specifier.startsWith('.')) {
          context.report({
            node,
            message: `Leave the folder by its name: '#${to.folder}/…', not '${specifier}'.`,
          });
        } else if (!allowed.includes(to.folder)) {
          context.report({
            node,
            message: `No arrow from ${from.folder} to ${to.folder} (lint/layers.json allows: ${allowed.join(', ') || 'none'}).`,
          });
        }
      } else if (
        from.folder === 'screens' &&
        to.part !== from.part &&
        to.part !== null &&
        from.part !== null
      ) {
        context.report({ node, message: 'A screen never imports another screen: move what both need down.' });
      }
    }

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};
