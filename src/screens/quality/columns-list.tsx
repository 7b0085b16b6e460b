import { Box, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { Panel } from '#ui/panel.tsx';
import { ColumnSummary } from '../column-summary.tsx';

const PAGE = 40;

/** What each column holds after the cleaning. */
export function ColumnsList({ dataset }: { readonly dataset: DatasetState }) {
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
          <Box key={profile.name} py={7} style={{ borderTop: '1px solid var(--app-line)' }}>
            <ColumnSummary profile={profile} />
          </Box>
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
