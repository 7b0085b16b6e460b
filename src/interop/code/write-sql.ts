import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import { listSet } from '../portable/category-set.ts';
import type { PortableFeature, PortableMember, PortableModel } from '../portable/portable-model.ts';

/** Trees added in one expression: SQLite allows a depth of 1,000. */
const TREES_AT_ONCE = 100;

/**
 * One query of standard SQL (SQLite 3.35, PostgreSQL 12) over a table `cases` with a column `id` and one a feature, null for
 * missing: `id` and `prediction`. Sums are in double precision.
 */
export function writeSql({ features, members }: PortableModel, remark: string): string {
  const steps = [
    `x AS MATERIALIZED (SELECT id, 0.0 AS y, ${features.map(readFeature).join(', ')} FROM cases)`,
  ];
  const columns = ['id', ...features.map((_, f) => `x${f}`)].join(', ');
  let last = 'x';
  const step = (name: string, selected: string) => {
    steps.push(`${name} AS MATERIALIZED (SELECT ${columns}, ${selected} FROM ${last})`);
    last = name;
  };
  members.forEach((member, m) => {
    step(`m${m}_start`, `y, ${writeStart(member)} AS s`);
    const { trees, scale, weight } = member;
    const nTrees = trees ? trees.treeStarts.length - 1 : 0;
    for (let from = 0; from < nTrees; from += TREES_AT_ONCE) {
      if (!trees) continue;
      const roots = Array.from(trees.treeStarts.subarray(from, Math.min(nTrees, from + TREES_AT_ONCE)));
      step(`m${m}_${from}`, `y, s + ${roots.map((root) => writeNode(trees, root)).join('\n + ')} AS s`);
    }
    if (scale === 'log1p') {
      const quotient = 's / 0.6931471805599453 + 0.5';
      const whole = `CAST(${quotient} AS INTEGER)`;
      step(`m${m}_k`, `y, s, ${whole} - CASE WHEN ${whole} > ${quotient} THEN 1 ELSE 0 END AS k`);
      step(
        `m${m}_r`,
        `y, s, k, s - k * ${exact(0.6931471803691238)} - k * ${exact(1.9082149292705877e-10)} AS r`,
      );
      step(`m${m}_e`, `y, s, k, ${writeSeries()} AS e`);
      const small = 's + (s * s) / 2.0 + (s * s * s) / 6.0';
      const scaled = 'CASE WHEN k < -60 THEN 0.0 WHEN k < 0 THEN e / (1 << -k) ELSE e * (1 << k) END - 1.0';
      step(`m${m}_back`, `y, CASE WHEN s > -1e-5 AND s < 1e-5 THEN ${small} ELSE ${scaled} END AS s`);
    }
    step(`m${m}`, `y + ${exact(weight)} * s AS y`);
  });
  const comment = remark.split('\n').map((line) => `-- ${line}`);
  return `${comment.join('\n')}\nWITH ${steps.join(',\n')}\nSELECT id, y AS prediction FROM ${last};\n`;
}

function readFeature({ name, labels, other }: PortableFeature, f: number): string {
  const column = `"${name.replaceAll('"', '""')}"`;
  if (labels.length === 0) return `CAST(${column} AS DOUBLE PRECISION) AS x${f}`;
  const cases = labels.map((label, code) => `WHEN '${label.replaceAll("'", "''")}' THEN ${code}`);
  const unknown = Number.isNaN(other) ? 'NULL' : String(other);
  return `CASE WHEN ${column} IS NULL THEN NULL ELSE CASE ${column} ${cases.join(' ')} ELSE ${unknown} END END AS x${f}`;
}

function writeStart({ start }: PortableMember): string {
  if (start.kind === 'constant') return exact(start.value);
  const terms = start.terms.map((term) => {
    const x = `x${term.feature}`;
    const missing = exact(term.missing);
    if (term.kind === 'category') {
      const cases = term.byCode.map((coefficient, code) => `WHEN ${code} THEN ${exact(coefficient)}`);
      return `CASE ${x} ${cases.join(' ')} ELSE ${missing} END`;
    }
    const { coefficient, mean, inverse } = term;
    const value = `${exact(coefficient)} * ((${x} - ${exact(mean)}) * ${exact(inverse)})`;
    return `CASE WHEN ${x} IS NULL THEN ${missing} ELSE ${value} END`;
  });
  const sum = [exact(start.intercept), ...terms].join('\n + ');
  const { bounds } = start;
  if (!bounds) return sum;
  const [least, most] = bounds.map(exact);
  return `CASE WHEN (${sum}) < ${least} THEN ${least} WHEN (${sum}) > ${most} THEN ${most} ELSE ${sum} END`;
}

function writeNode(trees: TreeEnsemble, node: number): string {
  const left = trees.leftChild[node];
  if (left === 0) return exact(trees.value[node]);
  const x = `x${trees.feature[node]}`;
  const codes = trees.categorySet[node] < 0 ? null : listSet(trees, node);
  const isIn = codes?.length === 0 ? '1 = 0' : `${x} IN (${codes?.join(', ')})`;
  const isLeft = codes === null ? `${x} <= ${exact(trees.threshold[node])}` : isIn;
  const asked = trees.missingLeft[node] === 1 ? `${x} IS NULL OR ${isLeft}` : isLeft;
  return `CASE WHEN ${asked} THEN ${writeNode(trees, left)} ELSE ${writeNode(trees, left + 1)} END`;
}

/** e^r by its series, inside out. */
function writeSeries(): string {
  let sum = '1.0';
  for (let n = 14; n >= 1; n--) sum = `1.0 + (r / ${n}.0) * (${sum})`;
  return sum;
}

/** Digits that lie near enough to a double for a reader that rounds twice, as SQLite does. */
function exact(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 53) return `${value}.0`;
  const text = value.toExponential(17);
  return text.replace('e+', 'e');
}
