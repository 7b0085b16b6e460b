import { Box, Group, Text } from '@mantine/core';
import type { ColumnProfile } from '#data/profile.ts';
import { useWords } from '#language/use-words.ts';
import { MiniHistogram } from '#ui/mini-histogram.tsx';
import { writeBriefly } from '#report/cell-text.ts';

/** What one column holds, in three lines: type, gaps and values, quartiles or first labels, and its histogram. */
export function ColumnSummary({ profile }: { readonly profile: ColumnProfile }) {
  const { t, format, count } = useWords();
  const { name, type, nRows, nMissing, nDistinct, histogram } = profile;
  return (
    <Box>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Box miw={0}>
          <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              t(`data.type.${type}`),
              nMissing === 0
                ? t('quality.columns.complete')
                : t('quality.columns.missing', { fraction: format.percent(nMissing / nRows, 1) }),
              count('quality.columns.values', nDistinct),
            ].join(' · ')}
          </Text>
        </Box>
        {histogram && <MiniHistogram counts={histogram.counts} />}
      </Group>
      <Spread profile={profile} />
    </Box>
  );
}

function Spread({ profile }: { readonly profile: ColumnProfile }) {
  const words = useWords();
  const { t, format } = words;
  const { name, type, min, max, quantiles, topCategories, nRows, nDistinct } = profile;
  // Where every row has a label of its own, none is worth naming.
  if (topCategories && nDistinct === nRows) return null;
  if (topCategories) {
    const labels = topCategories
      .slice(0, 3)
      .map(({ label, count }) =>
        t('quality.columns.label', { label, fraction: format.percent(count / nRows) }),
      );
    return (
      <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
        {labels.join(', ')}
        {topCategories.length > 3 && '…'}
      </Text>
    );
  }
  if (min === undefined || max === undefined || !quantiles) return null;
  const write = writeBriefly(name, [profile], words);
  return (
    <Text size="xs">
      {t(type === 'date' ? 'quality.columns.span' : 'quality.columns.quantiles', {
        min: write(min),
        max: write(max),
        p25: write(quantiles.p25),
        p50: write(quantiles.p50),
        p75: write(quantiles.p75),
      })}
    </Text>
  );
}
