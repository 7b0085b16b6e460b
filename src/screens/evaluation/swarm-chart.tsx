import type { ReactNode } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import type { Point } from '#charts/plot-points.ts';
import { ScatterPlot } from '#charts/scatter-plot.tsx';
import type { MeanContributions } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';
import { viewColumnAxis } from './column-axis.view.ts';
import { viewSwarm } from './explanation.view.ts';

const ROW_HEIGHT = 36;

export interface SwarmChartProps {
  readonly contributions: MeanContributions;
  readonly unit: DurationUnitName;
  readonly aside: ReactNode;
  readonly onPick: ((row: number) => void) | null;
}

/** What each column moves in each outage of the sample. */
export function SwarmChart({ contributions, unit, aside, onPick }: SwarmChartProps) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const title = t('evaluation.swarm.title');
  const x = withUnit(t('evaluation.swarm.x'), unit, words);
  const cellOf = new Map(
    contributions.columns.map((ofColumn) => [ofColumn, viewColumnAxis(ofColumn.cells, words).write]),
  );
  const { sources } = viewSwarm(contributions, 600, words);
  return (
    <ChartFrame
      title={title}
      subtitle={t(
        contributions.isEstimated ? 'evaluation.swarm.subtitleEstimated' : 'evaluation.swarm.subtitle',
        {
          n: format.number(contributions.rows.length),
          known: format.number(contributions.nKnown),
        },
      )}
      caption={t('evaluation.swarm.caption')}
      fileName="tranche-shap-arrets"
      table={{
        headers: [t('evaluation.importance.column'), t('data.table.row'), t('evaluation.swarm.cell'), x],
        rows: sources.map(({ ofColumn, at }) => [
          ofColumn.column,
          (contributions.rows[at] ?? 0) + 1,
          cellOf.get(ofColumn)?.(at) ?? '',
          ofColumn.values[at] ?? NaN,
        ]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
      aside={aside}
    >
      {(width) => {
        const view = viewSwarm(contributions, width, words);
        const describe = (point: Point) => {
          const source = view.sources[view.points.indexOf(point)];
          if (!source) return [];
          const { ofColumn, at } = source;
          return [
            point.label,
            pair(ofColumn.column, cellOf.get(ofColumn)?.(at) ?? ''),
            format.durationChange(point.x, unit, 2),
          ];
        };
        return (
          <ScatterPlot
            label={title}
            points={view.points}
            groups={view.groups}
            x={{ ...view.x, label: x }}
            y={{ ...view.y, label: '' }}
            reference={{ kind: 'upright', label: '0' }}
            {...(onPick && { onPick })}
            width={width}
            height={view.nRows * ROW_HEIGHT + 100}
            describe={describe}
          />
        );
      }}
    </ChartFrame>
  );
}
