import type { CasePrediction, FormFeature, ModelSummary } from '#inference/contract.ts';
import type { Words } from '#language/words.ts';
import type { ScenarioComparison } from '#jobs/planning/contract.ts';
import type { NamedScenario } from '#planning/contract.ts';
import type { ScenarioDifference } from '#planning/doubt/contract.ts';
import { writeValue } from '#report/cell-text.ts';
import { levels, writeBound } from '#report/interval-sentences.ts';

/** A line of the table: a text each scenario. */
export interface ScenarioLine {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly string[];
  /** Not all scenarios have the same there. */
  readonly differs: boolean;
  /** By scenario, whether it is other than in the first. */
  readonly isOther: readonly boolean[];
}

/** What each scenario has in each of the model's inputs. */
export function listInputLines(
  named: readonly NamedScenario[],
  features: readonly FormFeature[],
  { t, format }: Words,
): readonly ScenarioLine[] {
  return features.map((feature, i): ScenarioLine => {
    const values = named.map(({ cells }) => cells[i] ?? null);
    const write = writeValue(feature, format);
    return {
      id: feature.name,
      name: feature.name,
      cells: values.map((value) =>
        typeof value === 'number' ? write(value) : (value ?? t('scenarios.unknown')),
      ),
      differs: values.some((value) => value !== values[0]),
      isOther: values.map((value) => value !== values[0]),
    };
  });
}

/** What the model says of each: levels, the chance of the target where one is asked, how often it is the shortest. */
export function listAnswerLines(
  predictions: readonly CasePrediction[],
  comparison: ScenarioComparison | null,
  atMost: number | null,
  { target }: Pick<ModelSummary, 'target'>,
  words: Words,
): readonly Omit<ScenarioLine, 'differs' | 'isOther'>[] {
  const { t, format } = words;
  const share = (value: number | null | undefined) =>
    typeof value === 'number' ? format.percent(value) : '–';
  return [
    ...levels.map((level) => ({
      id: level,
      name: t(`compare.level.${level}`),
      cells: predictions.map(({ interval }) =>
        interval ? writeBound(interval[level], target.unit, words) : '–',
      ),
    })),
    ...(atMost === null
      ? []
      : [
          {
            id: 'target',
            name: t('compare.within', { duration: format.duration(atMost, target.unit) }),
            cells: predictions.map(({ probability }) => share(probability?.probability)),
          },
        ]),
    ...(comparison && comparison.nWorlds > 0
      ? [
          {
            id: 'best',
            name: t('compare.best'),
            cells: comparison.scenarios.map(({ isBest }) => share(isBest)),
          },
        ]
      : []),
  ];
}

/** The difference of one scenario less another, whichever comes first; null where they are one. */
export function findDifference(
  { differences }: ScenarioComparison,
  from: number,
  to: number,
): ScenarioDifference | null {
  const found = differences.find(
    (each) => (each.from === from && each.to === to) || (each.from === to && each.to === from),
  );
  return found ? (found.from === from ? found : turnRound(found)) : null;
}

function turnRound({ expected, outage, ...difference }: ScenarioDifference): ScenarioDifference {
  const turn = ({ low, high }: { readonly low: number; readonly high: number }) => ({
    low: -high,
    high: -low,
  });
  return {
    ...difference,
    from: difference.to,
    to: difference.from,
    expected: expected && { value: -expected.value, ...turn(expected), band: turn(expected.band) },
    // What takes less one way round takes more the other, but for what takes the same.
    outage: outage && {
      ...turn(outage),
      mean: -outage.mean,
      shorter: outage.longer,
      longer: outage.shorter,
      shorterAtLeast: outage.longerAtLeast,
      shorterAtMost: outage.longerAtMost,
      longerAtLeast: outage.shorterAtLeast,
      longerAtMost: outage.shorterAtMost,
    },
  };
}
