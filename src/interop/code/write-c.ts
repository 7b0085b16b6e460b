import type { PortableMember, PortableModel } from '../portable/portable-model.ts';
import { listTreeTables, wrapList } from './tree-tables.ts';

/**
 * C99: `tranche_predict` takes the features as doubles, labels by `tranche_code`. With -DTRANCHE_MAIN a program that reads
 * rows of cells parted by tabs (empty is missing) and prints predictions.
 */
export function writeC({ features, members }: PortableModel, remark: string): string {
  const nLabels = features.reduce((sum, { labels }) => sum + labels.length, 0);
  const firsts: number[] = [0];
  for (const { labels } of features) firsts.push((firsts.at(-1) ?? 0) + labels.length);
  return `/* ${remark.replaceAll('*/', '* /')} */
/* Compile without contracting a * b + c: cc -O2 -ffp-contract=off -c model.c */
#include <math.h>
#include <string.h>

#define N_FEATURES ${features.length}

static const char *const labels[] = {${[...features.flatMap(({ labels }) => labels), ...(nLabels === 0 ? [''] : [])].map(quote).join(', ')}};
static const int first_label[] = {${firsts.join(', ')}};
static const double others[] = {${features.map(({ other }) => (Number.isNaN(other) ? 'NAN' : String(other))).join(', ')}};

/* The number that stands for a label; a label that is not listed counts as one never met. */
double tranche_code(int feature, const char *label) {
  for (int i = first_label[feature]; i < first_label[feature + 1]; i++)
    if (strcmp(labels[i], label) == 0) return i - first_label[feature];
  return others[feature];
}

struct trees {
  int n_trees;
  const int *roots, *feature, *left, *set, *codes;
  const double *number;
  const unsigned char *missing_left;
  const unsigned int *sets;
};

static inline double find_leaf(const struct trees *t, int node, const double *x) {
  while (t->left[node] != 0) {
    double value = x[t->feature[node]];
    int set = t->set[node], is_left;
    if (set < 0) is_left = isnan(value) ? t->missing_left[node] : value <= t->number[node];
    else if (value >= 0 && value < t->codes[t->feature[node]])
      is_left = t->sets[set + ((int)value >> 5)] >> ((int)value & 31) & 1;
    else is_left = t->missing_left[node];
    node = t->left[node] + (is_left ? 0 : 1);
  }
  return t->number[node];
}

static inline double coefficient(const double *by_code, int n, double code, double missing) {
  return !isnan(code) && code < n ? by_code[(int)code] : missing;
}

/* e^x - 1 by the four operations alone: the same bits everywhere. */
static inline double exact_expm1(double x) {
  if (x > -1e-5 && x < 1e-5) return x + (x * x) / 2 + (x * x * x) / 6;
  int k = (int)floor(x / 0.6931471805599453 + 0.5);
  double r = x - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  double sum = 1;
  for (int n = 14; n >= 1; n--) sum = 1 + (r / n) * sum;
  return sum * ldexp(1.0, k >> 1) * ldexp(1.0, k - (k >> 1)) - 1;
}
${members.map(writeMember).join('')}
/* One row: a double a feature, NAN for missing. */
double tranche_predict(const double *x) {
  double sum = 0;
${members.map(({ weight }, m) => `  sum = sum + ${number(weight)} * member${m}(x);`).join('\n')}
  return sum;
}

#ifdef TRANCHE_MAIN
#include <stdio.h>
#include <stdlib.h>
int main(void) {
  static char line[65536];
  while (fgets(line, sizeof line, stdin)) {
    double x[N_FEATURES];
    char *cell = line;
    line[strcspn(line, "\\n")] = 0;
    for (int i = 0; i < N_FEATURES; i++) {
      char *end = cell ? strchr(cell, '\\t') : 0;
      if (end) *end = 0;
      if (!cell || !*cell) x[i] = NAN;
      else x[i] = first_label[i] < first_label[i + 1] ? tranche_code(i, cell) : strtod(cell, 0);
      cell = end ? end + 1 : 0;
    }
    printf("%.17g\\n", tranche_predict(x));
  }
  return 0;
}
#endif
`;
}

function writeMember({ start, trees, scale, isSingle }: PortableMember, m: number): string {
  const lines: string[] = [];
  if (start.kind === 'constant') lines.push(`double s = ${number(start.value)};`);
  else {
    lines.push(`double s = ${number(start.intercept)};`);
    for (const term of start.terms) {
      const x = `x[${term.feature}]`;
      const missing = number(term.missing);
      if (term.kind === 'number') {
        const value = `${number(term.coefficient)} * ((${x} - ${number(term.mean)}) * ${number(term.inverse)})`;
        lines.push(`s += isnan(${x}) ? ${missing} : ${value};`);
      } else {
        const byCode = `(const double[]){${term.byCode.join(', ')}}`;
        lines.push(`s += coefficient(${byCode}, ${term.byCode.length}, ${x}, ${missing});`);
      }
    }
    const { bounds } = start;
    if (bounds) lines.push(`s = fmin(fmax(s, ${number(bounds[0])}), ${number(bounds[1])});`);
  }
  if (trees) {
    const sum = `s + find_leaf(&trees${m}, trees${m}.roots[t], x)`;
    lines.push(`for (int t = 0; t < trees${m}.n_trees; t++) s = ${isSingle ? `(float)(${sum})` : sum};`);
  }
  return `${trees ? writeTables(trees, m) : ''}
static double member${m}(const double *x) {
  ${lines.join('\n  ')}
  return ${scale === 'log1p' ? 'exact_expm1(s)' : 's'};
}
`;
}

function writeTables(trees: NonNullable<PortableMember['trees']>, m: number): string {
  const { roots, feature, left, set, codes, number: numbers, missingLeft, sets } = listTreeTables(trees);
  const list = (type: string, name: string, items: readonly number[]) =>
    `static const ${type} ${name}${m}[] = {\n  ${wrapList(items.length > 0 ? items : [0])}\n};\n`;
  return `
${list('int', 'roots', roots)}${list('int', 'feature', feature)}${list('int', 'left', left)}${list('int', 'set', set)}${list('int', 'codes', codes)}${list('double', 'number', numbers)}${list('unsigned char', 'missing_left', missingLeft)}${list('unsigned int', 'sets', sets)}static const struct trees trees${m} = {${roots.length}, roots${m}, feature${m}, left${m}, set${m}, codes${m}, number${m}, missing_left${m}, sets${m}};
`;
}

/** Never a whole number, which C would divide as one. */
function number(value: number): string {
  const text = String(value);
  return /[.e]/u.test(text) ? text : `${text}.0`;
}

/** Bytes of UTF-8 as they are; what ends a text, or begins a trigraph, is escaped. */
function quote(text: string): string {
  return `"${text
    .replaceAll(/["\\?]/gu, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)}"`;
}
