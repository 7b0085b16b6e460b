import { ActionIcon, Anchor, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { SimilarCases } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { ExcludeDialog } from '../exclude-dialog.tsx';

export interface SimilarOutagesProps {
  /** Null while they are being found. */
  readonly similar: SimilarCases | null;
  readonly hasData: boolean;
  readonly unit: DurationUnitName;
}

/** The past outages that the model treats most alike, with what they took. */
export function SimilarOutages({ similar, hasData, unit }: SimilarOutagesProps) {
  const { t, format } = useWords();
  const startFromOutage = useAppStore((state) => state.startFromOutage);
  const [excluded, setExcluded] = useState<number | null>(null);
  return (
    <Panel heading={t('scenarios.similar.heading')} description={t('scenarios.similar.lead')}>
      {similar === null ? (
        <Text size="sm" c="dimmed">
          {t(hasData ? 'scenarios.similar.waiting' : 'scenarios.similar.noData')}
        </Text>
      ) : (
        <WideTable
          miw={320}
          fz="sm"
          verticalSpacing={4}
          highlightOnHover
          aria-label={t('scenarios.similar.heading')}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('scenarios.similar.outage')}</Table.Th>
              <Table.Th ta="right">{t('scenarios.similar.took')}</Table.Th>
              <Table.Th ta="right">{t('scenarios.similar.likeness')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {similar.outages.map(({ row, labels, start, actual, proximity }) => {
              const line = t('scenarios.origin', { row: format.plain(row + 1) });
              const names = labels.filter(
                (label) => !labels.some((other) => other !== label && other.includes(label)),
              );
              const known = [...names, ...(start === null ? [] : [format.date(start)])];
              return (
                <Table.Tr key={row}>
                  <Table.Td>
                    <Anchor
                      component="button"
                      type="button"
                      size="sm"
                      ta="left"
                      onClick={() => void startFromOutage(row)}
                    >
                      {known.length > 0 ? known.join(' · ') : line}
                    </Anchor>
                    {known.length > 0 && (
                      <Text size="xs" c="dimmed">
                        {line}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td ta="right">{format.duration(actual, unit)}</Table.Td>
                  <Table.Td ta="right">{format.percent(proximity)}</Table.Td>
                  <Table.Td w={32} px={0}>
                    <ActionIcon
                      variant="subtle"
                      color="slate"
                      size="sm"
                      aria-label={t('data.exclude.action', { row: format.plain(row + 1) })}
                      title={t('data.exclude.action', { row: format.plain(row + 1) })}
                      onClick={() => setExcluded(row)}
                    >
                      <Icon name="exclude" size={14} />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </WideTable>
      )}
      <ExcludeDialog row={excluded} onClose={() => setExcluded(null)} />
    </Panel>
  );
}
