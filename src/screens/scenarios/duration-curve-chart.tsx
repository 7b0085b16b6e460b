import { Text } from '@mantine/core';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { DotStrip } from '#charts/dot-strip.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { PastFacts } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { tellPast, tellPlan } from '#report/past-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';
import { type DurationCurve, readCurve } from '#evaluation/intervals/duration-curve.ts';
import { findFarthest } from './duration-curve.view.ts';

export interface DurationCurveChartProps {
  readonly curve: DurationCurve;
  /** Whose past outages it rests on, in words. */
  readonly basis: string | null;
  readonly unit: DurationUnitName;
  readonly target: number | null;
  /** What was really seen, under the curve; null where too few. */
  readonly past: PastFacts | null;
  /** The duration that was announced; null for none. */
  readonly announced: number | null;
}

const DOTS_HEIGHT = 72;

/** How likely the outage is to be over by each duration, above the durations that were seen. */
export function DurationCurveChart({ curve, basis, unit, target, past, announced }: DurationCurveChartProps) {
  const words = useWords();
  const { t, format, language, count } = words;
  const points = curve.points.map(({ duration, probability }) => ({ x: duration, y: probability }));
  // The longest tenth of a long tail would leave no room for the rest.
  const shown = points.filter(({ y }) => y <= 0.975);
  const durations = (shown.length > 1 ? shown : points).map(({ x }) => x);
  const seen = past === null ? [] : [Math.min(...past.durations), findFarthest(past.durations)];
  const marks = [
    ...(target === null ? [] : [{ x: target, label: t('scenarios.target.mark') }]),
    ...(announced === null ? [] : [{ x: announced, label: t('scenarios.plan.mark') }]),
  ];
  const ends = [...durations, ...seen, ...marks.map(({ x }) => x)];
  const title = t('scenarios.curve.title');
  const labels = { x: t('scenarios.curve.x'), y: t('scenarios.curve.y') };
  const x = linearScale(Math.min(...ends), Math.max(...ends));
  const nBeyond = past?.durations.filter((duration) => duration > x.domain[1]).length ?? 0;
  return (
    <ChartFrame
      title={title}
      subtitle={basis ?? ''}
      caption={t('scenarios.curve.caption')}
      fileName="tranche-probabilites"
      table={{
        headers: [withUnit(labels.x, unit, words), labels.y],
        rows: points.map(({ x: duration, y }) => [duration, y]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <>
          <CurvePlot
            label={title}
            curves={[{ label: labels.y, points, kind: 'line' }]}
            marks={marks}
            x={{ ...x, label: withUnit(labels.x, unit, words) }}
            y={{ domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], label: labels.y, write: format.percent }}
            width={width}
            height={320}
            describe={(_, point) => [
              t('scenarios.target.answer', {
                probability: format.percent(point.y),
                duration: format.duration(point.x, unit),
              }),
            ]}
          />
          {announced !== null && (
            <Text size="sm" data-testid="plan">
              {tellPlan(announced, readCurve(curve, announced), unit, words)}
            </Text>
          )}
          {past !== null && (
            <>
              <DotStrip
                values={past.durations}
                x={x}
                width={width}
                height={DOTS_HEIGHT}
                label={t('scenarios.dots.label', { label: past.label })}
              />
              <Text size="xs" c="dimmed">
                {t('scenarios.dots.caption')} {tellPast(past, unit, words)}{' '}
                {nBeyond > 0 && count('scenarios.dots.beyond', nBeyond)}
              </Text>
            </>
          )}
        </>
      )}
    </ChartFrame>
  );
}
