import { ChartFrame } from '#charts/chart-frame.tsx';
import { LinePlot } from '#charts/line-plot.tsx';
import type { TrainingResult } from '#jobs/training.ts';
import { useWords } from '#language/use-words.ts';
import { Panel } from '#ui/panel.tsx';
import { EmptyNotice } from '#ui/empty-notice.tsx';
import { chartToCsv } from '../chart-csv.ts';
import { withUnit } from '../axis-name.ts';
import { viewCurveVerdict } from './evaluation.view.ts';

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
    { label: t('evaluation.curve.validation'), values: curve.validation },
    { label: t('evaluation.curve.train'), values: curve.train },
  ];
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.curve.subtitle', {
        model: t(`terms.model.${curve.model}`),
        n: format.number(curve.train.length),
        best: format.number(curve.bestIteration),
      })}
      caption={viewCurveVerdict(result.chosen, curve, words)}
      fileName="tranche-apprentissage"
      table={{
        headers: [t('evaluation.curve.x'), ...lines.map(({ label }) => label)],
        rows: curve.train.map((_, i) => [i + 1, ...lines.map(({ values }) => values[i] ?? NaN)]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <LinePlot
          label={title}
          lines={lines}
          xLabel={t('evaluation.curve.x')}
          yLabel={withUnit(t('evaluation.curve.y'), result.target.unit, words)}
          mark={{ x: curve.bestIteration, label: t('evaluation.curve.best') }}
          width={width}
          height={400}
          describe={(x, values) => [
            pair(t('evaluation.curve.x'), format.number(x)),
            ...values.map(({ label, value }) => pair(label, format.number(value, 3))),
          ]}
        />
      )}
    </ChartFrame>
  );
}
