import type { PortableMember, PortableModel } from '../portable/portable-model.ts';
import { listTreeTables, wrapList } from './tree-tables.ts';

/** A module of Python's standard library alone: `predict(row)` takes the features in order, None for missing. */
export function writePython({ features, members }: PortableModel, remark: string): string {
  const text = (value: unknown) => JSON.stringify(value);
  const other = (code: number) => (Number.isNaN(code) ? 'NAN' : String(code));
  return `${remark
    .split('\n')
    .map((line) => `# ${line}`)
    .join('\n')}
import math
import struct

NAN = math.nan
FEATURES = ${text(features.map(({ name }) => name))}
LABELS = [${features.map(({ labels }) => `{${labels.map((label, code) => `${text(label)}: ${code}`).join(', ')}}`).join(', ')}]
OTHERS = [${features.map((feature) => other(feature.other)).join(', ')}]


def predict(row):
    """The prediction for one row: a value a feature; None is missing, a label that is not listed counts as one never met."""
    x = [NAN if cell is None else LABELS[i].get(str(cell), OTHERS[i]) if LABELS[i] else float(cell)
         for i, cell in enumerate(row)]
    total = 0.0
${members.map(({ weight }, m) => `    total = total + ${weight} * member${m}(x)`).join('\n')}
    return total


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def coefficient(by_code, code, missing):
    return by_code[int(code)] if code == code and code < len(by_code) else missing


def find_leaf(t, node, x):
    while t["left"][node] != 0:
        value = x[t["feature"][node]]
        first = t["set"][node]
        if first < 0:
            is_left = value <= t["number"][node] if value == value else t["missingLeft"][node] == 1
        elif 0 <= value < t["codes"][t["feature"][node]]:
            is_left = t["sets"][first + (int(value) >> 5)] >> (int(value) & 31) & 1 == 1
        else:
            is_left = t["missingLeft"][node] == 1
        node = t["left"][node] + (0 if is_left else 1)
    return t["number"][node]


def expm1(x):
    """e^x - 1 by the four operations alone: the same bits everywhere."""
    if -1e-5 < x < 1e-5:
        return x + (x * x) / 2 + (x * x * x) / 6
    k = math.floor(x / 0.6931471805599453 + 0.5)
    r = x - k * 0.6931471803691238 - k * 1.9082149292705877e-10
    total = 1.0
    for n in range(14, 0, -1):
        total = 1 + (r / n) * total
    return total * math.ldexp(1.0, k >> 1) * math.ldexp(1.0, k - (k >> 1)) - 1
${members.map(writeMember).join('')}`;
}

function writeMember({ start, trees, scale, isSingle }: PortableMember, m: number): string {
  const lines: string[] = [];
  if (start.kind === 'constant') lines.push(`s = ${start.value}`);
  else {
    lines.push(`s = ${start.intercept}`);
    for (const term of start.terms) {
      const x = `x[${term.feature}]`;
      lines.push(
        term.kind === 'number'
          ? `s += ${term.coefficient} * ((${x} - ${term.mean}) * ${term.inverse}) if ${x} == ${x} else ${term.missing}`
          : `s += coefficient([${term.byCode.join(', ')}], ${x}, ${term.missing})`,
      );
    }
    const { bounds } = start;
    if (bounds) lines.push(`s = min(max(s, ${bounds[0]}), ${bounds[1]})`);
  }
  if (trees) {
    const sum = `s + find_leaf(TREES${m}, root, x)`;
    lines.push(`for root in TREES${m}["roots"]:`, `    s = ${isSingle ? `single(${sum})` : sum}`);
  }
  const tables = trees
    ? `TREES${m} = {\n${Object.entries(listTreeTables(trees))
        .map(([name, list]) => `"${name}": [\n  ${wrapList(list as readonly number[])}\n],`)
        .join('\n')}\n}\n\n\n`
    : '';
  return `

${tables}def member${m}(x):
    ${lines.join('\n    ')}
    return ${scale === 'log1p' ? 'expm1(s)' : 's'}
`;
}
