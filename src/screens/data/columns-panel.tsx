import { Badge, Box, Button, Group, NativeSelect, Pagination, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ColumnProfile } from '#data/profile.ts';
import {
  columnRoles,
  featureRoles,
  isDecided,
  knownWhens,
  type ColumnRole,
  type KnownWhen,
  type RoleAssignment,
} from '#data/roles.ts';
import { columnTypes, type ColumnType } from '#data/table.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { MiniHistogram } from '#ui/mini-histogram.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { describeExamples, describeSpread } from '#report/cell-text.ts';

const PAGE_SIZE = 100;

/** Every column with what it holds and what it is for. */
export function ColumnsPanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const [page, setPage] = useState(1);
  const resetRoles = useAppStore((state) => state.resetRoles);
  const { columns } = dataset.summary;
  const shown = columns.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  // As they are used: what the cleaning and the leaks make of them.
  const roles = dataset.preparation?.roles ?? dataset.roles;
  const roleOf = new Map(roles.map((role) => [role.column, role]));
  const knownWhen = new Map(roles.map(({ column }, i) => [column, dataset.preparation?.knownWhen[i]]));
  const isChanged = dataset.remembered !== null || dataset.roles.some(isDecided);
  return (
    <Panel
      heading={t('data.tab.columns')}
      aside={
        <Button size="compact-sm" variant="default" disabled={!isChanged} onClick={() => void resetRoles()}>
          {t('data.columns.reset')}
        </Button>
      }
    >
      <WideTable miw={720} verticalSpacing={5} horizontalSpacing="sm" highlightOnHover layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={{ base: 168, lg: '18%' }}>{t('data.columns.column')}</Table.Th>
            <Table.Th w={132} visibleFrom="lg">
              {t('data.columns.type')}
            </Table.Th>
            <Table.Th w={70} ta="right" visibleFrom="lg">
              {t('data.columns.missing')}
            </Table.Th>
            <Table.Th>{t('data.columns.spread')}</Table.Th>
            <Table.Th w={{ base: 170, lg: 190 }}>{t('data.columns.role')}</Table.Th>
            <Table.Th w={{ base: 126, lg: 140 }}>{t('data.columns.known')}</Table.Th>
            <Table.Th w={{ base: '15%', lg: '14%' }}>{t('data.columns.why')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((profile) => (
            <ColumnRow
              key={profile.name}
              profile={profile}
              dataset={dataset}
              assignment={roleOf.get(profile.name)}
              knownWhen={knownWhen.get(profile.name)}
            />
          ))}
        </Table.Tbody>
      </WideTable>
      {columns.length > PAGE_SIZE && (
        <Pagination
          p="sm"
          total={Math.ceil(columns.length / PAGE_SIZE)}
          value={page}
          onChange={setPage}
          size="sm"
        />
      )}
    </Panel>
  );
}

/** How the cells are read; a column that was made of others has the type of what they made. */
function TypeChoice({
  profile,
  dataset,
}: {
  readonly profile: ColumnProfile;
  readonly dataset: DatasetState;
}) {
  const { t } = useWords();
  const setColumnType = useAppStore((state) => state.setColumnType);
  const isBusy = useAppStore((state) => state.work !== null);
  const { name, type } = profile;
  const isMade = dataset.summary.arrangements.some(({ into }) => into.includes(name));
  if (isMade) return <Text size="sm">{t(`data.type.${type}`)}</Text>;
  return (
    <NativeSelect
      size="xs"
      aria-label={t('data.columns.typeOf', { column: name })}
      disabled={isBusy}
      value={type}
      onChange={(event) => void setColumnType(name, event.currentTarget.value as ColumnType)}
      data={columnTypes.map((value) => ({ value, label: t(`data.type.${value}`) }))}
    />
  );
}

function ColumnRow({
  profile,
  dataset,
  assignment,
  knownWhen,
}: {
  readonly profile: ColumnProfile;
  readonly dataset: DatasetState;
  readonly assignment: RoleAssignment | undefined;
  readonly knownWhen: KnownWhen | undefined;
}) {
  const words = useWords();
  const { t, format, count } = words;
  const setRole = useAppStore((state) => state.setRole);
  const setKnownWhen = useAppStore((state) => state.setKnownWhen);
  const role = assignment?.role ?? 'ignore';
  return (
    <Table.Tr data-role={role}>
      <Table.Td>
        <Text size="sm" fw={role === 'target' ? 700 : 500} style={{ overflowWrap: 'anywhere' }}>
          {profile.name}
        </Text>
        <Box hiddenFrom="lg">
          <TypeChoice profile={profile} dataset={dataset} />
          {profile.nMissing > 0 && (
            <Text size="xs" c="dimmed">
              {count('data.columns.nMissing', profile.nMissing)}
            </Text>
          )}
        </Box>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <TypeChoice profile={profile} dataset={dataset} />
      </Table.Td>
      <Table.Td ta="right" visibleFrom="lg">
        <Text size="sm" {...(profile.nMissing === 0 ? { c: 'dimmed' } : {})}>
          {format.number(profile.nMissing)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          {profile.histogram && (
            <Box visibleFrom="xl">
              <MiniHistogram counts={profile.histogram.counts} />
            </Box>
          )}
          <Box miw={0}>
            <Text size="sm">{describeSpread(profile, words)}</Text>
            <Text size="xs" c="dimmed" truncate title={describeExamples(profile, words)}>
              {profile.nUnread > 0
                ? count('data.columns.unread', profile.nUnread)
                : describeExamples(profile, words)}
            </Text>
          </Box>
        </Group>
      </Table.Td>
      <Table.Td>
        <NativeSelect
          size="xs"
          title={t(`data.roleHelp.${role}`)}
          aria-label={t('data.columns.roleOf', { column: profile.name })}
          value={role}
          onChange={(event) => void setRole(profile.name, event.currentTarget.value as ColumnRole)}
          data={columnRoles.map((value) => ({ value, label: t(`data.role.${value}`) }))}
        />
      </Table.Td>
      <Table.Td>
        {knownWhen && featureRoles.includes(role) && (
          <NativeSelect
            size="xs"
            aria-label={t('data.columns.knownOf', { column: profile.name })}
            value={knownWhen}
            onChange={(event) => void setKnownWhen(profile.name, event.currentTarget.value as KnownWhen)}
            data={knownWhens.map((value) => ({ value, label: t(`data.knownWhen.${value}`) }))}
          />
        )}
      </Table.Td>
      <Table.Td>{assignment && <RoleWhy assignment={assignment} />}</Table.Td>
    </Table.Tr>
  );
}

function RoleWhy({ assignment }: { readonly assignment: RoleAssignment }) {
  const { t } = useWords();
  const { leak, role, reason } = assignment;
  if (!leak) {
    return (
      <Text size="xs" c="dimmed">
        {t(`data.roleReason.${reason}`)}
      </Text>
    );
  }
  const isUsed = role !== 'end' && role !== 'ignore' && role !== 'target';
  return (
    <>
      <Badge
        color={isUsed ? 'brick' : 'amber'}
        variant="light"
        tt="none"
        size="sm"
        h="auto"
        styles={{ label: { whiteSpace: 'normal' } }}
        leftSection={<Icon name="warning" size={12} />}
      >
        {t('data.leak.badge')}
      </Badge>
      <Text size="xs" c="dimmed">
        {t(`data.leak.${leak.kind}`)}
        {isUsed && ` ${t('data.leak.overruled')}`}
      </Text>
    </>
  );
}
