import { Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ColumnProfile } from '#data/profile.ts';
import { useWords } from '#language/use-words.ts';
import type { OpenDataset } from '#store/state.ts';
import { MiniHistogram } from '#ui/mini-histogram.tsx';
import { Panel } from '#ui/panel.tsx';
import { createWriter } from './describe-action.ts';

const PAGE = 40;

/** What each column holds after the cleaning. */
export function ColumnsList({ dataset }: { readonly dataset: OpenDataset }) {
  const { t, format } = useWords();
  const [text, setText] = useState('');
  const [nShown, setNShown] = useState(PAGE);
  const { columns } = dataset.cleaning;
  const wanted = text.trim().toLowerCase();
  const found = columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  const nMore = Math.min(PAGE, found.length - nShown);
  return (
    <Panel heading={t('quality.columns.heading')}>
      {columns.length > 8 && (
        <TextInput
          size="xs"
          mb="xs"
          aria-label={t('quality.columns.search')}
          placeholder={t('quality.columns.search')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <Stack gap={0}>
        {found.slice(0, nShown).map((profile) => (
          <ColumnEntry key={profile.name} profile={profile} />
        ))}
        {found.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('quality.columns.none')}
          </Text>
        )}
      </Stack>
      {nMore > 0 && (
        <Button mt="xs" size="compact-sm" variant="default" onClick={() => setNShown(nShown + PAGE)}>
          {t('quality.columns.more', { n: format.number(nMore) })}
        </Button>
      )}
    </Panel>
  );
}

function ColumnEntry({ profile }: { readonly profile: ColumnProfile }) {
  const { t, format } = useWords();
  const { name, type, nRows, nMissing, nDistinct, histogram } = profile;
  return (
    <Box py={7} style={{ borderTop: '1px solid var(--app-line)' }}>
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
                : t('quality.columns.missing', { share: format.percent(nMissing / nRows, 1) }),
              t('quality.columns.values', { count: nDistinct, n: format.number(nDistinct) }),
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
      .map(({ label, count }) => t('quality.columns.label', { label, share: format.percent(count / nRows) }));
    return (
      <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
        {labels.join(', ')}
        {topCategories.length > 3 && '…'}
      </Text>
    );
  }
  if (min === undefined || max === undefined || !quantiles) return null;
  const write = createWriter(name, [profile], words);
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
