import type { ModelSummary } from '#inference/contract.ts';
import type { ScenarioComparison } from '#jobs/planning/contract.ts';
import type { Words } from '#language/words.ts';
import { alignColumns } from './align-columns.ts';
import { tellDifference } from './comparison-sentences.ts';
import { levels, writeBound } from './interval-sentences.ts';

/** Scenarios for a terminal: a line each, then what may be said of any two. */
export function writeComparison(
  { scenarios, differences, names, link }: ScenarioComparison,
  model: Pick<ModelSummary, 'target'>,
  words: Words,
): string {
  const { t, format } = words;
  const { unit } = model.target;
  const nameOf = (i: number) => names[i] ?? t('compare.nameless', { n: format.number(i + 1) });
  const rows = scenarios.map(({ interval, probability, isBest }, i) => [
    nameOf(i),
    ...levels.map((level) => writeBound(interval[level], unit, words)),
    probability ? format.percent(probability.probability) : '–',
    isBest === null ? '–' : format.percent(isBest),
  ]);
  const head = ['', 'P10', 'P50', 'P80', 'P90', t('compare.target'), t('compare.best')];
  return `${[
    ...alignColumns([head, ...rows]),
    '',
    ...differences.flatMap((difference) => {
      const [first, ...others] = tellDifference(
        difference,
        [nameOf(difference.from), nameOf(difference.to)],
        link,
        model,
        words,
      );
      return [`- ${first}`, ...others.map((line) => `  ${line}`)];
    }),
    t('optimise.association'),
  ].join('\n')}\n`;
}
