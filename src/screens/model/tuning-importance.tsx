import { NativeSelect, SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { BarPlot } from '#charts/bar-plot.tsx';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { TuneResult } from '#jobs/tuning/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { nameSetting, writeSetting } from '#report/tuning-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import type { TracedImportance } from '#tuning/contract.ts';
import { chartToCsv } from '../chart-csv.ts';

interface Props {
  readonly result: TuneResult;
  readonly unit: DurationUnitName;
}

/** Which settings set the best trials apart, and what each of them does to the error. */
export function TuningImportance({ result, unit }: Props) {
  const { t } = useWords();
  if (result.importance === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('tuning.importance.tooFew')}
      </Text>
    );
  }
  const nComplete = result.trials.filter(({ state }) => state === 'complete').length;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <ImportanceBars importance={result.importance} nComplete={nComplete} />
      <MarginalChart importance={result.importance} nComplete={nComplete} unit={unit} />
    </SimpleGrid>
  );
}

interface PartProps {
  readonly importance: readonly TracedImportance[];
  readonly nComplete: number;
}

function ImportanceBars({ importance, nComplete }: PartProps) {
  const words = useWords();
  const { t, format, language } = words;
  const title = t('tuning.importance.title');
  const bars = importance.map(({ name, share, low, high }) => ({
    label: nameSetting(name, words),
    value: share,
    deviation: 0,
    reach: [Math.max(0, share - low), Math.max(0, high - share)] as const,
  }));
  return (
    <ChartFrame
      title={title}
      subtitle={t('tuning.importance.subtitle', { n: format.number(nComplete) })}
      caption={t('tuning.importance.caption')}
      fileName="tranche-reglages"
      table={{
        headers: [
          t('tuning.ranges.setting'),
          t('tuning.importance.share'),
          t('tuning.importance.low'),
          t('tuning.importance.high'),
        ],
        rows: importance.map(({ name, share, low, high }) => [nameSetting(name, words), share, low, high]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <BarPlot
          label={title}
          bars={bars}
          xLabel={t('tuning.importance.x')}
          floor={null}
          width={width}
          describe={({ label, value, reach: [below, above] = [0, 0] }) => [
            label,
            `${format.percent(value)} (${format.percent(value - below)} – ${format.percent(value + above)})`,
          ]}
        />
      )}
    </ChartFrame>
  );
}

function MarginalChart({ importance, nComplete, unit }: PartProps & Pick<Props, 'unit'>) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const drawn = importance.filter(({ curve }) => curve.length > 1);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = drawn.find(({ name }) => name === chosen) ?? drawn[0];
  if (!shown) return null;
  const title = t('tuning.curve.title');
  const setting = nameSetting(shown.name, words);
  const isOrdered = shown.curve.every(({ value }) => typeof value === 'number');
  const points = shown.curve.map(({ value, mae }, i) => ({ x: isOrdered ? Number(value) : i, y: mae }));
  const nameOf = (x: number) => {
    const { value } = (isOrdered ? null : shown.curve[Math.round(x)]) ?? { value: x };
    return isOrdered || Number.isInteger(x) ? writeSetting(shown.name, value, words) : '';
  };
  const labels = { x: setting, y: withUnit(t('tuning.curve.expected'), unit, words) };
  const ys = drawn.flatMap(({ curve }) => curve.map(({ mae }) => mae));
  return (
    <ChartFrame
      title={title}
      subtitle={t('tuning.curve.subtitle', { n: format.number(nComplete) })}
      caption={t('tuning.curve.caption')}
      fileName="tranche-reglage"
      table={{
        headers: [labels.x, labels.y],
        rows: shown.curve.map(({ value, mae }) => [
          typeof value === 'number' ? value : writeSetting(shown.name, value, words),
          mae,
        ]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
      aside={
        <NativeSelect
          size="xs"
          aria-label={t('tuning.curve.setting')}
          value={shown.name}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={drawn.map(({ name }) => ({ value: name, label: nameSetting(name, words) }))}
        />
      }
    >
      {(width) => (
        <CurvePlot
          label={title}
          curves={[{ label: labels.y, kind: isOrdered ? 'line' : 'dots', points }]}
          x={{
            ...(isOrdered
              ? linearScale(points[0]?.x ?? 0, points.at(-1)?.x ?? 1)
              : { domain: [-0.5, points.length - 0.5], ticks: points.map(({ x }) => x), write: nameOf }),
            label: labels.x,
          }}
          y={{ ...linearScale(Math.min(...ys), Math.max(...ys)), label: labels.y }}
          width={width}
          height={300}
          describe={(_curve, { x, y }) => [pair(setting, nameOf(x)), format.duration(y, unit, 2)]}
        />
      )}
    </ChartFrame>
  );
}
