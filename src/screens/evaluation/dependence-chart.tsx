import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { ScatterPlot } from '#charts/scatter-plot.tsx';
import type { MeanContributions } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { tellContributions } from '#report/explanation-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';
import { viewTrend } from './column-axis.view.ts';
import { viewDependence } from './explanation.view.ts';

export interface DependenceChartProps {
  readonly contributions: MeanContributions;
  readonly unit: DurationUnitName;
  readonly onPick: ((row: number) => void) | null;
}

/** What one column moves, over what it holds. */
export function DependenceChart({ contributions, unit, onPick }: DependenceChartProps) {
  const words = useWords();
  const { t, format, language } = words;
  const names = contributions.columns.map(({ column }) => column);
  const [name, setName] = useState(names[0] ?? '');
  const ofColumn = contributions.columns.find(({ column }) => column === name) ?? contributions.columns[0];
  if (!ofColumn) return null;
  const { axis, points, y } = viewDependence(ofColumn, contributions, words);
  const title = t('evaluation.dependence.title', { column: ofColumn.column });
  const yLabel = withUnit(t('evaluation.swarm.x'), unit, words);
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.swarm.subtitle', {
        n: format.number(contributions.rows.length),
        known: format.number(contributions.nKnown),
      })}
      caption={tellContributions(ofColumn, unit, words)}
      fileName="tranche-shap-colonne"
      table={{
        headers: [t('data.table.row'), ofColumn.column, yLabel],
        rows: points.map(({ row = 0, x, y: value }, at) => [
          row + 1,
          ofColumn.cells.type === 'number' ? x : axis.write(at),
          value,
        ]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
      aside={
        <NativeSelect
          size="xs"
          aria-label={t('evaluation.importance.column')}
          value={ofColumn.column}
          data={names}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      }
    >
      {(width) => (
        <ScatterPlot
          label={title}
          points={points}
          groups={[]}
          x={{ ...axis.axis, label: ofColumn.column }}
          y={{ ...y, label: yLabel }}
          reference={{ kind: 'zero', label: '0' }}
          trend={{
            label: t('evaluation.dependence.median'),
            points: viewTrend(axis, ofColumn.values),
            isApart: axis.isApart,
          }}
          {...(onPick && { onPick })}
          width={width}
          height={340}
          describe={(point) => [point.label, format.durationChange(point.y, unit, 2)]}
        />
      )}
    </ChartFrame>
  );
}
