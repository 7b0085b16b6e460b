import { Box, ScrollArea, SimpleGrid, Text } from '@mantine/core';
import type { TablePage } from '#jobs/dataset/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { listCells } from './outage.view.ts';

/** The row of the file, name by name. */
export function OutageCells({ page }: { readonly page: TablePage | null }) {
  const { t, format } = useWords();
  const profiles = useAppStore((state) => state.dataset?.summary.columns);
  if (!page || !profiles) return null;
  const cells = listCells(page, profiles, format);
  return (
    <ScrollArea.Autosize
      mah={180}
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('evaluation.outage.row') }}
    >
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" verticalSpacing={6} component="dl" m={0}>
        {cells.map(({ name, text }) => (
          <Box key={name} miw={0}>
            <Text component="dt" size="xs" c="dimmed" truncate title={name}>
              {name}
            </Text>
            <Text component="dd" m={0} size="sm" truncate title={text}>
              {text}
            </Text>
          </Box>
        ))}
      </SimpleGrid>
    </ScrollArea.Autosize>
  );
}
