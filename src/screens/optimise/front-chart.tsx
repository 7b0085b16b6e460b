import { ChartFrame } from '#charts/chart-frame.tsx';
import { ScatterPlot } from '#charts/scatter-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { CellRow } from '#data/cell.ts';
import type { OptimiseAnswer } from '#jobs/planning/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';
import { viewFront } from './front.view.ts';

export interface FrontChartProps {
  readonly answer: OptimiseAnswer;
  readonly front: NonNullable<OptimiseAnswer['front']>;
  readonly unit: DurationUnitName;
  /** A plan of the front was clicked. */
  readonly onPick: (cells: CellRow) => void;
}

/** What the levers cost against the P80 of every plan that no other one beats in both. */
export function FrontChart({ answer, front, unit, onPick }: FrontChartProps) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const title = t('optimise.front.title');
  const { points, cells } = viewFront(answer, front, t);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const labels = { x: t('optimise.leverCost'), y: withUnit(t('optimise.level.p80'), unit, words) };
  return (
    <ChartFrame
      title={title}
      subtitle={t('optimise.front.subtitle', { n: format.number(front.plans.length) })}
      caption={[t('optimise.front.caption'), ...(front.isComplete ? [] : [t('optimise.front.partial')])].join(
        ' ',
      )}
      fileName="tranche-compromis"
      table={{ headers: [labels.x, labels.y], rows: points.map(({ x, y }) => [x, y]) }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <ScatterPlot
          label={title}
          points={points}
          groups={[t('optimise.front.plan'), t('optimise.present'), t('optimise.proposed')]}
          x={{ ...linearScale(Math.min(0, ...xs), Math.max(...xs)), label: labels.x }}
          y={{ ...linearScale(Math.min(...ys), Math.max(...ys)), label: labels.y }}
          reference={{ kind: 'upright', label: t('optimise.front.noCost') }}
          onPick={(row) => {
            const picked = cells[row];
            if (picked) onPick(picked);
          }}
          width={width}
          height={320}
          describe={({ x, y, label }) => [
            label,
            pair(t('optimise.leverCost'), format.number(x)),
            pair(t('optimise.level.p80'), format.duration(y, unit)),
          ]}
        />
      )}
    </ChartFrame>
  );
}
