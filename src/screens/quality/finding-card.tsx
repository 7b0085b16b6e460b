import { Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { DataGrid } from '../data-grid.tsx';
import { useTablePages } from '../use-table-pages.ts';
import type { FindingView } from './quality.view.ts';

export interface FindingCardProps {
  readonly finding: FindingView;
  readonly dataset: DatasetState;
  readonly isIgnored: boolean;
}

/** One finding: what was seen, why it matters, what to do about it, and on demand the rows. */
export function FindingCard({ finding, dataset, isIgnored }: FindingCardProps) {
  const { t, pair, count } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState(finding.action?.reason ?? '');
  const addStep = useAppStore((state) => state.addStep);
  const ignoreFinding = useAppStore((state) => state.ignoreFinding);
  const { action, rows, key } = finding;
  const hasMore = rows.count > 0 || action !== null;
  return (
    <Box
      component="article"
      py="xs"
      style={{ borderTop: '1px solid var(--app-line)' }}
      aria-label={finding.title}
    >
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex="1 1 320px" miw={0}>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {finding.title}
            {rows.count > 0 && (
              <Text span size="sm" fw={400} c="dimmed">
                {' · '}
                {count('common.rows', rows.count)}
              </Text>
            )}
          </Text>
          <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
            {finding.seen}{' '}
            <Text span size="xs" c="dimmed">
              {finding.why}
            </Text>
          </Text>
        </Box>
        <Group gap={6} wrap="nowrap">
          {hasMore && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-expanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
            >
              {t('quality.findings.details')}
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => void ignoreFinding(key, !isIgnored)}>
            {t(isIgnored ? 'quality.findings.restore' : 'quality.findings.ignore')}
          </Button>
        </Group>
      </Group>
      {action && !isIgnored && (
        <Button
          mt={6}
          size="compact-sm"
          variant="light"
          h="auto"
          py={3}
          // The finding may be of the data as they were: it is looked at again.
          disabled={dataset.isChecking}
          styles={{ label: { height: 'auto', whiteSpace: 'normal', textAlign: 'left', lineHeight: 1.4 } }}
          onClick={() => void addStep({ action: action.action, reason: reason.trim() || action.reason })}
        >
          {action.action.kind === 'set-role' && action.action.role !== 'ignore'
            ? action.label
            : pair(t('quality.findings.apply'), action.label)}
        </Button>
      )}
      {isOpen && (
        <Stack gap="xs" mt="xs">
          {action && !isIgnored && (
            <TextInput
              size="xs"
              maw={520}
              label={t('quality.findings.reason')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {rows.count > 0 && <FindingRows finding={finding} dataset={dataset} />}
        </Stack>
      )}
    </Box>
  );
}

function FindingRows({ finding, dataset }: Omit<FindingCardProps, 'isIgnored'>) {
  const { t, format, pair } = useWords();
  const { count, first } = finding.rows;
  const pages = useTablePages(
    dataset.id,
    useMemo(() => ({ rows: first }), [first]),
  );
  return (
    <Box>
      {count > first.length && (
        <Text size="xs" c="dimmed" mb={4}>
          {t('quality.findings.firstRows', { n: format.number(first.length), total: format.number(count) })}
        </Text>
      )}
      <DataGrid
        label={pair(t('quality.findings.rows'), finding.title)}
        profiles={dataset.cleaning.columns}
        pages={pages}
        height={250}
      />
    </Box>
  );
}
