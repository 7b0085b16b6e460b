import { ChartFrame } from '#charts/chart-frame.tsx';
import { WaterfallPlot } from '#charts/waterfall-plot.tsx';
import type { CellRow } from '#data/cell.ts';
import type { CaseExplanation } from '#jobs/explanation/contract.ts';
import { useWords } from '#language/use-words.ts';
import type { ModelOnShow } from '#store/state.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from './chart-csv.ts';
import { viewCaseExplanation } from './case-explanation.view.ts';

export interface WhyChartProps {
  readonly model: ModelOnShow;
  readonly waterfall: NonNullable<CaseExplanation['waterfall']>;
  readonly isEstimated: CaseExplanation['isEstimated'];
  readonly cells: CellRow;
  /** The duration in large figures that the steps lead to. */
  readonly answer: number;
}

/** From any outage to this answer, step by step, in days. */
export function WhyChart({ model, waterfall, isEstimated, cells, answer }: WhyChartProps) {
  const words = useWords();
  const { t, language } = words;
  const { features, target, nTrainingRows } = model.summary;
  const { bars, sentence } = viewCaseExplanation(waterfall, answer, features, cells, target.unit, words);
  const title = t('scenarios.why.title');
  return (
    <ChartFrame
      title={title}
      subtitle={t(isEstimated ? 'scenarios.why.subtitleEstimated' : 'scenarios.why.subtitle', {
        outages: t('common.outages', {
          count: nTrainingRows,
          n: words.format.number(nTrainingRows),
        }),
      })}
      caption={`${sentence} ${t('scenarios.why.caption')}`}
      fileName="tranche-pourquoi"
      table={{
        headers: [t('scenarios.why.step'), t('scenarios.why.contribution'), t('scenarios.why.reached')],
        rows: bars.map((bar) => [bar.label, bar.from === null ? 0 : bar.to - bar.from, bar.to]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <WaterfallPlot
          label={title}
          bars={bars}
          xLabel={withUnit(t('scenarios.prediction'), target.unit, words)}
          legend={{ up: t('scenarios.why.longer'), down: t('scenarios.why.shorter') }}
          width={width}
        />
      )}
    </ChartFrame>
  );
}
