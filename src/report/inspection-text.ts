import type { Inspection } from '#jobs/dataset/contract.ts';
import { describeError } from '#language/error-words.ts';
import type { Words } from '#language/words.ts';
import { alignColumns } from './align-columns.ts';
import { tellFinding } from './finding-sentences.ts';
import { tellPreparation } from './preparation-sentences.ts';
import { withUnit } from './with-unit.ts';

/** What would be learnt from a file, in plain text: the duration, the columns, what is left out, what was found. */
export function writeInspection(inspection: Inspection, words: Words): string {
  const { t } = words;
  const { preparation, findings, summary } = inspection;
  const features = [...new Set(preparation.features.map(({ column }) => column))];
  return [
    tellTarget(inspection, words),
    ...(features.length === 0 ? [] : [t('report.inspection.features', { columns: features.join(', ') })]),
    ...tellPreparation(preparation, '--keep', words),
    '',
    ...alignColumns(tabulateColumns(inspection, words)),
    '',
    ...findings.map((finding) => {
      const { title, seen } = tellFinding(finding, summary.columns, words);
      return words.pair(title, seen);
    }),
    '',
  ].join('\n');
}

function tellTarget({ preparation, summary }: Inspection, words: Words): string {
  const { t, count } = words;
  const { target, problem, nKept } = preparation;
  if (target === null) {
    const what = problem === null ? '' : describeError(t, problem.code, problem.details).what;
    return t('report.inspection.noTarget', { what });
  }
  return t('report.outages', {
    target: withUnit(target.name, target.unit, words),
    outages: count('common.outages', nKept),
    rows: count('common.rows', summary.nRows),
  });
}

function tabulateColumns({ cleaning, preparation }: Inspection, { t, format }: Words): string[][] {
  return [
    [
      t('report.inspection.columns'),
      ...(['type', 'role', 'missing', 'distinct'] as const).map((name) => t(`report.inspection.${name}`)),
    ],
    ...cleaning.columns.map(({ name, type, nMissing, nDistinct }, i) => [
      `  ${name}`,
      t(`data.type.${type}`),
      t(`data.role.${preparation.roles[i]?.role ?? 'ignore'}`),
      format.number(nMissing),
      format.number(nDistinct),
    ]),
  ];
}
