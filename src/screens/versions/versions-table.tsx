import { ActionIcon, Badge, Button, Group, Menu, Table, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { nameVersionModel, writeVersionError } from '#report/version-sentences.ts';
import type { VersionsState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import type { VersionRecord, VersionStanding } from '#versions/contract.ts';
import { type AskedChange, findShown, listActions } from './versions.view.ts';

export interface VersionsTableProps {
  readonly versions: VersionsState;
  readonly onAsk: (asked: AskedChange) => void;
}

/** The theme's own colour for those that count. */
const colors: Readonly<Record<VersionStanding, string | null>> = {
  champion: null,
  challenger: null,
  candidate: 'slate',
  former: 'slate',
  discarded: 'slate',
};

/** The versions, the latest first, with their states and figures. */
export function VersionsTable({ versions, onAsk }: VersionsTableProps) {
  const words = useWords();
  const { t, format } = words;
  const modelId = useAppStore((state) => state.model?.id);
  const hasData = useAppStore((state) => state.dataset !== null);
  const isBusy = useAppStore((state) => state.work !== null);
  const judgeVersion = useAppStore((state) => state.judgeVersion);
  const showVersion = useAppStore((state) => state.showVersion);
  const shown = findShown(versions, modelId);
  const { log } = versions;
  const actionsOf = (record: VersionRecord) => listActions(versions, record, record.id === shown);
  // The way back stands in the row: one click to it, one to confirm.
  const menuOf = (record: VersionRecord) => actionsOf(record).filter((kind) => kind !== 'roll-back');
  return (
    <Panel heading={t('versions.heading')} description={t('versions.description')}>
      <WideTable miw={700} fz="sm" verticalSpacing={6} highlightOnHover aria-label={t('versions.heading')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{t('versions.column.number')}</Table.Th>
            <Table.Th>{t('versions.column.standing')}</Table.Th>
            <Table.Th>{t('versions.column.model')}</Table.Th>
            <Table.Th>{t('versions.column.date')}</Table.Th>
            <Table.Th ta="right">{t('versions.column.rows')}</Table.Th>
            <Table.Th ta="right">{t('versions.column.error')}</Table.Th>
            <Table.Th>{t('versions.column.gate')}</Table.Th>
            <Table.Th>{t('versions.column.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {log.state.versions.toReversed().map((record) => {
            const { id, number, standing, facts, gate } = record;
            const isThere = standing !== 'discarded';
            const isChampion = standing === 'champion';
            return (
              <Table.Tr key={id}>
                <Table.Td ta="right">{number}</Table.Td>
                <Table.Td>
                  <Group gap={6}>
                    <Badge
                      size="sm"
                      tt="none"
                      style={{ flex: 'none', maxWidth: 'none' }}
                      variant={isChampion ? 'filled' : 'light'}
                      {...(colors[standing] && { color: colors[standing] })}
                    >
                      {t(`versions.standing.${standing}`)}
                    </Badge>
                    {id === shown && (
                      <Badge
                        size="sm"
                        tt="none"
                        variant="outline"
                        color="slate"
                        style={{ flex: 'none', maxWidth: 'none' }}
                      >
                        {t('versions.shown')}
                      </Badge>
                    )}
                  </Group>
                </Table.Td>
                <Table.Td>{nameVersionModel(facts, words)}</Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  {format.date(log.entries[record.submitted - 1]?.at ?? NaN, true)}
                </Table.Td>
                <Table.Td ta="right">{format.number(facts.nTrainingRows)}</Table.Td>
                <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                  {writeVersionError(facts, words)}
                </Table.Td>
                <Table.Td>
                  {gate && gate.against === log.state.champion ? (
                    t(`versions.short.${gate.report.verdict}`)
                  ) : (
                    <Text span c="dimmed">
                      –
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Group gap={4} wrap="nowrap">
                    {isThere && id !== shown && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        disabled={isBusy}
                        onClick={() => void showVersion(id)}
                      >
                        {t('versions.do.show')}
                      </Button>
                    )}
                    {actionsOf(record).includes('roll-back') && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        disabled={isBusy}
                        aria-label={t('versions.do.back', { number })}
                        onClick={() => onAsk({ kind: 'roll-back', record })}
                      >
                        {t('versions.do.rollBack')}
                      </Button>
                    )}
                    {isThere && !isChampion && !versions.broken && (
                      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
                        <Menu.Target>
                          <ActionIcon
                            size="sm"
                            variant="subtle"
                            disabled={isBusy}
                            aria-label={t('versions.do.more', { number })}
                          >
                            <Icon name="more" size={16} />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item disabled={!hasData} onClick={() => void judgeVersion(id)}>
                            {t('versions.do.judge')}
                          </Menu.Item>
                          {menuOf(record).map((kind) => (
                            <Menu.Item key={kind} onClick={() => onAsk({ kind, record })}>
                              {t(`versions.do.${kind}`)}
                            </Menu.Item>
                          ))}
                        </Menu.Dropdown>
                      </Menu>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </WideTable>
    </Panel>
  );
}
