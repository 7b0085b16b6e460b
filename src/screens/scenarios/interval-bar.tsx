import { isShorterThanDay } from '#data/time-units.ts';
import { Box, Group, SimpleGrid, Text, Tooltip } from '@mantine/core';
import { isClaimed, isRefused } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { levels, viewInterval, writeBound } from '#report/interval-sentences.ts';

export interface IntervalBarProps {
  readonly interval: NonNullable<CasePrediction['interval']>;
  readonly unit: DurationUnitName;
  /** When the outage is over if it takes the P80; null where it has no start. */
  readonly end: number | null;
}

/** P10–P90 as a bar with its P50 and P80, the sentence a committee can repeat, and each level. */
export function IntervalBar({ interval, unit, end }: IntervalBarProps) {
  const words = useWords();
  const { t, format } = words;
  const { sentence, basis, instead, range } = viewInterval(interval, unit, words);
  // Four refusals say no more than the one above them.
  const shown = isRefused(interval) ? [] : levels;
  return (
    <Box data-testid="interval">
      {range && (
        <>
          <Group gap={6} mb={4}>
            <Text size="sm" fw={600}>
              {t('scenarios.interval.range', { range: range.text })}
            </Text>
          </Group>
          <Track interval={interval} low={range.low} high={range.high} />
        </>
      )}
      <Tooltip
        label={t('scenarios.interval.p80Help')}
        multiline
        maw={280}
        events={{ hover: true, focus: true, touch: true }}
      >
        <Text size="sm" fw={600} mt="xs" tabIndex={0}>
          {sentence}
        </Text>
      </Tooltip>
      {end !== null && (
        <Text size="sm" data-testid="end-by">
          {t('scenarios.interval.endBy', { date: format.date(end, isShorterThanDay(unit)) })}
        </Text>
      )}
      <SimpleGrid cols={range ? 4 : 2} spacing={4} mt={6}>
        {shown.map((level) => (
          <Box key={level}>
            <Text size="xs" c="dimmed">
              {level.toUpperCase()}
            </Text>
            <Text size="xs">{writeBound(interval[level], unit, words)}</Text>
          </Box>
        ))}
      </SimpleGrid>
      {instead !== null && (
        <Text size="xs" mt={4}>
          {instead}
        </Text>
      )}
      {basis !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {basis}
        </Text>
      )}
    </Box>
  );
}

function Track({
  interval,
  low,
  high,
}: {
  readonly interval: IntervalBarProps['interval'];
  readonly low: number;
  readonly high: number;
}) {
  const margin = Math.max(0.12 * (high - low), 1e-9);
  const from = Math.max(Math.min(0, low), low - margin);
  const to = high + margin;
  const place = (value: number) => `${(100 * (value - from)) / (to - from)}%`;
  const mark = (value: number, color: string, width: number) => (
    <Box
      pos="absolute"
      top={-3}
      h={18}
      w={width}
      bg={color}
      style={{ left: place(value), borderRadius: 1 }}
    />
  );
  return (
    <Box pos="relative" h={12} bg="var(--app-line)" style={{ borderRadius: 6 }} aria-hidden>
      <Box
        pos="absolute"
        h={12}
        bg="var(--mantine-primary-color-filled)"
        style={{ left: place(low), width: `${(100 * (high - low)) / (to - from)}%`, borderRadius: 3 }}
      />
      {isClaimed(interval.p50) && mark(interval.p50.value, 'var(--mantine-color-body)', 3)}
      {isClaimed(interval.p80) && mark(interval.p80.value, 'var(--mantine-color-text)', 2)}
    </Box>
  );
}
