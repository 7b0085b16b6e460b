import type { PortableMember, PortableModel } from '../portable/portable-model.ts';
import { listTreeTables, wrapList } from './tree-tables.ts';

/** A module without imports: `predict(row)` takes the features in order, numbers and labels, null for missing. */
export function writeJavascript({ features, members }: PortableModel, remark: string): string {
  return `${remark
    .split('\n')
    .map((line) => `// ${line}`)
    .join('\n')}

export const features = ${JSON.stringify(features.map(({ name }) => name))};
const labels = ${JSON.stringify(features.map(({ labels }) => labels))};
const others = [${features.map(({ other }) => String(other)).join(', ')}];

/** The prediction for one row: a value a feature; null is missing, a label that is not listed counts as one never met. */
export function predict(row) {
  const x = row.map((cell, i) => {
    if (cell === null || cell === undefined) return NaN;
    if (labels[i].length === 0) return Number(cell);
    const code = labels[i].indexOf(String(cell));
    return code < 0 ? others[i] : code;
  });
  let sum = 0;
${members.map(({ weight }, m) => `  sum = sum + ${weight} * member${m}(x);`).join('\n')}
  return sum;
}

function coefficient(byCode, code, missing) {
  return code === code && code < byCode.length ? byCode[code] : missing;
}

function findLeaf(t, node, x) {
  while (t.left[node] !== 0) {
    const value = x[t.feature[node]];
    const set = t.set[node];
    let isLeft;
    if (set < 0) isLeft = value === value ? value <= t.number[node] : t.missingLeft[node] === 1;
    else if (value >= 0 && value < t.codes[t.feature[node]])
      isLeft = ((t.sets[set + (value >> 5)] >>> (value & 31)) & 1) === 1;
    else isLeft = t.missingLeft[node] === 1;
    node = t.left[node] + (isLeft ? 0 : 1);
  }
  return t.number[node];
}

/** e^x − 1 by the four operations alone: the same bits everywhere. */
function expm1(x) {
  if (x > -1e-5 && x < 1e-5) return x + (x * x) / 2 + (x * x * x) / 6;
  const k = Math.floor(x / 0.6931471805599453 + 0.5);
  const r = x - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (r / n) * sum;
  return sum * 2 ** (k >> 1) * 2 ** (k - (k >> 1)) - 1;
}
${members.map(writeMember).join('')}`;
}

function writeMember({ start, trees, scale, isSingle }: PortableMember, m: number): string {
  const lines: string[] = [];
  if (start.kind === 'constant') lines.push(`let s = ${start.value};`);
  else {
    lines.push(`let s = ${start.intercept};`);
    for (const term of start.terms) {
      const x = `x[${term.feature}]`;
      lines.push(
        term.kind === 'number'
          ? `s += ${x} === ${x} ? ${term.coefficient} * ((${x} - ${term.mean}) * ${term.inverse}) : ${term.missing};`
          : `s += coefficient([${term.byCode.join(', ')}], ${x}, ${term.missing});`,
      );
    }
    const { bounds } = start;
    if (bounds) lines.push(`s = Math.min(Math.max(s, ${bounds[0]}), ${bounds[1]});`);
  }
  if (trees) {
    const leaf = `findLeaf(trees${m}, root, x)`;
    lines.push(
      `for (const root of trees${m}.roots) s = ${isSingle ? `Math.fround(s + ${leaf})` : `s + ${leaf}`};`,
    );
  }
  const tables = trees
    ? `const trees${m} = {\n${Object.entries(listTreeTables(trees))
        .map(([name, list]) => `${name}: [\n  ${wrapList(list as readonly number[])}\n],`)
        .join('\n')}\n};\n`
    : '';
  return `
${tables}
function member${m}(x) {
  ${lines.join('\n  ')}
  return ${scale === 'log1p' ? 'expm1(s)' : 's'};
}
`;
}
