import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import { listSet } from '../portable/category-set.ts';

/** Below what Excel allows of a formula: 8,192 characters and 64 levels. */
const MOST_CHARACTERS = 4000;
const MOST_LEVELS = 40;

/**
 * A tree as nested conditions over the cells of its features ("" is missing). `hoist` keeps a part that grows too long in a
 * cell of its own and gives that cell.
 */
export function writeTreeFormula(
  trees: TreeEnsemble,
  root: number,
  cellOf: (feature: number) => string,
  hoist: (formula: string) => string,
): string {
  const write = (node: number): { readonly formula: string; readonly levels: number } => {
    const left = trees.leftChild[node];
    if (left === 0) return { formula: writeNumber(trees.value[node]), levels: 0 };
    const sides = [write(left), write(left + 1)].map((side) =>
      side.formula.length > MOST_CHARACTERS / 2 || side.levels >= MOST_LEVELS
        ? { formula: hoist(side.formula), levels: 0 }
        : side,
    );
    const [yes, no] = sides;
    return {
      formula: `IF(${writeQuestion(trees, node, cellOf(trees.feature[node]))},${yes.formula},${no.formula})`,
      levels: 1 + Math.max(yes.levels, no.levels),
    };
  };
  return write(root).formula;
}

/** Whether the node sends left. A text is greater than any number, so that "" goes right unless it is asked for. */
function writeQuestion(trees: TreeEnsemble, node: number, cell: string): string {
  const missing = trees.missingLeft[node] === 1 ? [`${cell}=""`] : [];
  // Whatever is a number goes left: no literal is so large.
  if (trees.threshold[node] > LARGEST) return join([...missing, `ISNUMBER(${cell})`]);
  if (trees.categorySet[node] < 0)
    return join([...missing, `${cell}<=${writeNumber(trees.threshold[node])}`]);
  const codes = listSet(trees, node);
  if (codes.length > MANY) return join([...missing, `ISNUMBER(MATCH(${cell},{${codes.join(',')}},0))`]);
  const equal = codes.map((code) => `${cell}=${code}`);
  return missing.length + equal.length === 0 ? 'FALSE' : join([...missing, ...equal]);
}

const MANY = 8;
const LARGEST = 9e307;

function join(questions: readonly string[]): string {
  return questions.length === 1 ? questions[0] : `OR(${questions.join(',')})`;
}

/** Excel reads fifteen digits of a literal; the rest of a double is added to it. */
export function writeNumber(value: number): string {
  const text = value.toPrecision(15);
  const rest = value - Number(text);
  const plain = (x: number) => String(x).toUpperCase().replace('E+', 'E');
  if (rest === 0) return plain(value);
  return `(${plain(Number(text))}${rest < 0 ? '-' : '+'}${plain(Number(Math.abs(rest).toPrecision(3)))})`;
}
