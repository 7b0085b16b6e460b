import { Group, NativeSelect, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { ScatterPlot } from '#charts/scatter-plot.tsx';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { chartToCsv } from '../chart-csv.ts';
import { withUnit } from '#report/with-unit.ts';
import { listResidualColumns, viewResiduals } from './residuals.view.ts';
import { useColumn } from './use-column.ts';
import { useOpenOutage } from './use-open-outage.ts';

/** Actual − predicted against the prediction, a column or the date, with the medians of neighbours or labels. */
export function ResidualChart({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format, language, pair, count } = words;
  const { unit } = result.target;
  const [by, setBy] = useState<string | null>(null);
  const [isWhole, setIsWhole] = useState(false);
  const hasData = useAppStore(({ dataset }) => dataset?.id === result.datasetId);
  const column = useColumn(hasData ? by : null, result.test.rows);
  const openOutage = useOpenOutage(result);
  const view = useMemo(
    () => viewResiduals(result.test, column, isWhole, words),
    [result, column, isWhole, words],
  );
  const { points, groups, x, y, trend, nBeyond } = view;
  const prediction = withUnit(t('evaluation.residuals.x'), unit, words);
  const xLabel = column?.name ?? prediction;
  const residual = withUnit(t('evaluation.residuals.y'), unit, words);
  const title = column
    ? t('evaluation.residuals.titleBy', { column: column.name })
    : t('evaluation.residuals.title');
  const columns = hasData ? listResidualColumns(result) : [];
  return (
    <ChartFrame
      title={title}
      subtitle={[
        t('evaluation.residuals.subtitle', { n: format.number(points.length) }),
        ...(nBeyond > 0 ? [count('evaluation.residuals.beyond', nBeyond)] : []),
      ].join(' · ')}
      caption={t(column ? 'evaluation.residuals.captionBy' : 'evaluation.residuals.caption')}
      fileName="tranche-ecarts"
      table={{
        headers: [t('data.table.row'), t('charts.class'), xLabel, residual],
        rows: points.map((point, i) => [
          (point.row ?? 0) + 1,
          groups[point.group] ?? '',
          view.cellOf(i),
          point.y,
        ]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
      aside={
        <Group gap="sm" justify="flex-end">
          {(nBeyond > 0 || isWhole) && (
            <Switch
              size="xs"
              label={t('evaluation.residuals.whole')}
              checked={isWhole}
              onChange={(event) => setIsWhole(event.currentTarget.checked)}
            />
          )}
          {columns.length > 0 && (
            <NativeSelect
              size="xs"
              aria-label={t('evaluation.residuals.against')}
              value={by ?? ''}
              data={[
                { value: '', label: t('evaluation.residuals.x') },
                ...columns.map((name) => ({ value: name, label: name })),
              ]}
              onChange={(event) => setBy(event.currentTarget.value || null)}
            />
          )}
        </Group>
      }
    >
      {(width) => (
        <ScatterPlot
          label={title}
          points={points}
          groups={groups}
          x={{ ...x, label: xLabel }}
          y={{ ...y, label: residual }}
          reference={{ kind: 'zero', label: '0' }}
          trend={{
            label: t(trend.isApart ? 'evaluation.residuals.medianOfLabel' : 'evaluation.residuals.median'),
            ...trend,
          }}
          {...(openOutage && { onPick: openOutage })}
          width={width}
          height={400}
          describe={(point) => [
            point.label,
            ...(column
              ? [pair(column.name, view.write(points.indexOf(point)))]
              : [pair(t('evaluation.scatter.predicted'), format.duration(point.x, unit))]),
            pair(t('evaluation.scatter.residual'), format.durationChange(point.y, unit)),
          ]}
        />
      )}
    </ChartFrame>
  );
}
