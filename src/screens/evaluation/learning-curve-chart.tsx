import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { Panel } from '#ui/panel.tsx';
import { EmptyNotice } from '#ui/empty-notice.tsx';
import { tellLearningCurve } from '#report/model-sentences.ts';
import { chartToCsv } from '../chart-csv.ts';
import { withUnit } from '#report/with-unit.ts';

/** Mean error after each tree of the chosen model. */
export function LearningCurveChart({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const curve = result.learningCurve;
  const title = t('evaluation.curve.title');
  if (!curve || curve.train.length < 3) {
    return (
      <Panel>
        <EmptyNotice
          icon="evaluation"
          title={title}
          text={t(curve ? 'evaluation.curve.flat' : 'evaluation.curve.none')}
        />
      </Panel>
    );
  }
  const lines = [
    { label: t('evaluation.curve.validation'), kind: 'line' as const, values: curve.validation },
    { label: t('evaluation.curve.train'), kind: 'dashes' as const, values: curve.train },
  ];
  const errors = lines.flatMap(({ values }) => values);
  const { unit } = result.target;
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.curve.subtitle', {
        model: t(`terms.model.${curve.model}`),
        n: format.number(curve.train.length),
        best: format.number(curve.bestIteration),
      })}
      caption={tellLearningCurve(result.chosen, curve, words)}
      fileName="tranche-apprentissage"
      table={{
        headers: [t('evaluation.curve.x'), ...lines.map(({ label }) => withUnit(label, unit, words))],
        rows: curve.train.map((_, i) => [i + 1, ...lines.map(({ values }) => values[i] ?? NaN)]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <CurvePlot
          label={title}
          curves={lines.map(({ values, ...line }) => ({
            ...line,
            points: values.map((y, i) => ({ x: i + 1, y })),
          }))}
          marks={[{ x: curve.bestIteration, label: t('evaluation.curve.best') }]}
          x={{ ...linearScale(0, curve.train.length), label: t('evaluation.curve.x') }}
          y={{
            ...linearScale(Math.min(...errors), Math.max(...errors)),
            label: withUnit(t('evaluation.curve.y'), unit, words),
          }}
          width={width}
          height={400}
          describe={(name, { x, y }) => [
            pair(t('evaluation.curve.x'), format.number(x)),
            pair(name, format.duration(y, unit, 3)),
          ]}
        />
      )}
    </ChartFrame>
  );
}
