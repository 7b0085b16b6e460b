import { Button, Group, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';

const SHOWN = 5;

/** Lines among the rows that were taken for no outages, and the way to have them read all the same. */
export function SideLines({ dataset }: { readonly dataset: DatasetState }) {
  const { t, format, pair } = useWords();
  const setDialect = useAppStore((state) => state.setDialect);
  const isBusy = useAppStore((state) => state.work !== null);
  const { summary, overrides } = dataset;
  const { sideLines } = summary.ledger;
  const isKept = summary.dialect.sideLines === 'keep';
  if (sideLines.length === 0 && !isKept) return null;
  const { sideLines: _chosen, ...others } = overrides;
  return (
    <>
      <Group mt="sm" gap="sm">
        <Text size="sm" fw={600}>
          {pair(t('data.sideLines.heading'), format.number(sideLines.length))}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isBusy}
          onClick={() => void setDialect(isKept ? others : { ...overrides, sideLines: 'keep' })}
        >
          {t(isKept ? 'data.sideLines.leaveOut' : 'data.sideLines.keep')}
        </Button>
      </Group>
      {sideLines.slice(0, SHOWN).map(({ line, kind, raw }) => (
        <Text key={line} size="xs" c="dimmed" truncate>
          {pair(`${t('data.ledger.line')} ${format.plain(line)}, ${t(`data.sideLines.${kind}`)}`, raw)}
        </Text>
      ))}
    </>
  );
}
