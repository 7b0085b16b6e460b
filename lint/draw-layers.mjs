/**
 * Draws `layers.json` as the picture and the table of docs/architecture.md, between two marks.
 *
 * `node lint/draw-layers.mjs` writes the file; `--check` only says whether it is up to date.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const documentUrl = new URL('docs/architecture.md', root);
const layers = JSON.parse(readFileSync(new URL('lint/layers.json', root), 'utf8'));

/** Floors of the house: a folder stands one above the highest folder it may import. */
function findFloors() {
  const floorOf = {};
  const floor = (name) =>
    (floorOf[name] ??= layers[name].length === 0 ? 0 : 1 + Math.max(...layers[name].map(floor)));
  const floors = [];
  for (const name of Object.keys(layers)) (floors[floor(name)] ??= []).push(name);
  return floors;
}

/** Arrows that no longer path implies: the ones worth drawing. */
function findDirectArrows() {
  const reaches = (from, to) => layers[from].some((next) => next === to || reaches(next, to));
  return Object.entries(layers).flatMap(([from, targets]) =>
    targets
      .filter(
        (to) => !targets.some((other) => other !== to && (layers[other].includes(to) || reaches(other, to))),
      )
      .map((to) => [from, to]),
  );
}

export function drawLayers() {
  const floors = findFloors();
  const subgraphs = floors
    .map((names) => `  ${names.map((name) => `${name}["${name}/"]`).join(' ~~~ ')}`)
    .toReversed();
  const arrows = findDirectArrows().map(([from, to]) => `  ${from} --> ${to}`);
  const rows = Object.entries(layers).map(
    ([name, targets]) => `| \`${name}/\` | ${targets.join(', ') || '—'} |`,
  );
  return [
    '<!-- prettier-ignore-start -->',
    '',
    '```mermaid',
    'flowchart TD',
    ...subgraphs,
    ...arrows,
    '```',
    '',
    '| folder | may import |',
    '| --- | --- |',
    ...rows,
    '',
    '<!-- prettier-ignore-end -->',
  ].join('\n');
}

const marks = { start: '<!-- drawn from lint/layers.json -->', end: '<!-- end of the drawing -->' };

export function isUpToDate() {
  const text = readFileSync(documentUrl, 'utf8');
  return withDrawing(text) === text;
}

/** Folders of src/ that the table does not name, and names without a folder. */
export function findStrayFolders() {
  const folders = readdirSync(new URL('src/', root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return [
    ...folders.filter((name) => !(name in layers)),
    ...Object.keys(layers).filter((name) => !folders.includes(name)),
  ];
}

function withDrawing(text) {
  const start = text.indexOf(marks.start) + marks.start.length;
  return `${text.slice(0, start)}\n\n${drawLayers()}\n\n${text.slice(text.indexOf(marks.end))}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(documentUrl, withDrawing(readFileSync(documentUrl, 'utf8')));
}
