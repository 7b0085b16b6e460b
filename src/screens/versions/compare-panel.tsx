import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { isTimeUnit } from '#data/time-units.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { findHeadline } from '#inference/headline.ts';
import { useWords } from '#language/use-words.ts';
import { nameVersionModel, writeVersionError } from '#report/version-sentences.ts';
import type { VersionsState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import type { VersionRecord } from '#versions/contract.ts';
import type { GateReport } from '#versions/gate/contract.ts';
import { GateEvidence } from './gate-evidence.tsx';
import { listDifferences } from './versions.view.ts';

/** Two versions side by side: settings, data, errors on the same outages, and what each says of the scenario on show. */
export function ComparePanel({ versions }: { readonly versions: VersionsState }) {
  const { t } = useWords();
  const hasData = useAppStore((state) => state.dataset !== null);
  const isBusy = useAppStore((state) => state.work !== null);
  const compareVersions = useAppStore((state) => state.compareVersions);
  const askVersions = useAppStore((state) => state.askVersions);
  const kept = versions.log.state.versions.filter(({ standing }) => standing !== 'discarded');
  const [chosen, setChosen] = useState<readonly [string | null, string | null]>([null, null]);
  const [report, setReport] = useState<GateReport | null>(null);
  const [said, setSaid] = useState<readonly (CasePrediction | null)[]>([]);
  if (kept.length < 2) return null;
  const [old, challenger] = chosen.map((id) => kept.find((each) => each.id === id));
  const options = kept.map(({ id, number }) => ({ value: id, label: t('versions.number', { number }) }));
  const choose = (side: 0 | 1, id: string | null) => {
    setChosen(side === 0 ? [id, chosen[1]] : [chosen[0], id]);
    setReport(null);
    setSaid([]);
  };
  return (
    <Panel heading={t('versions.compare.heading')}>
      <Stack gap="sm">
        <Group>
          {([0, 1] as const).map((side) => (
            <Select
              key={side}
              size="xs"
              label={t(side === 0 ? 'versions.compare.old' : 'versions.compare.new')}
              data={options}
              value={chosen[side]}
              onChange={(id) => choose(side, id)}
            />
          ))}
        </Group>
        {old && challenger && old !== challenger && (
          <>
            <DifferenceTable old={old} challenger={challenger} said={said} />
            <Group>
              <Button
                size="xs"
                variant="default"
                disabled={!hasData || isBusy}
                onClick={() => {
                  void compareVersions(old.id, challenger.id).then(setReport);
                }}
              >
                {t('versions.compare.run')}
              </Button>
              <Button
                size="xs"
                variant="default"
                disabled={isBusy}
                onClick={() => {
                  void askVersions([old.id, challenger.id]).then(setSaid);
                }}
              >
                {t('versions.compare.scenario')}
              </Button>
              {!hasData && (
                <Text size="xs" c="dimmed">
                  {t('versions.compare.needsData')}
                </Text>
              )}
            </Group>
            {report && <GateEvidence report={report} />}
          </>
        )}
      </Stack>
    </Panel>
  );
}

function DifferenceTable({
  old,
  challenger,
  said,
}: {
  readonly old: VersionRecord;
  readonly challenger: VersionRecord;
  readonly said: readonly (CasePrediction | null)[];
}) {
  const words = useWords();
  const { t, format } = words;
  const pair = (name: string, write: (record: VersionRecord) => string) =>
    [name, write(old), write(challenger)] as const;
  const isSame = old.facts.data !== null && old.facts.data === challenger.facts.data;
  const writeData = ({ facts: { data, nTrainingRows } }: VersionRecord) => {
    const which = data === null ? 'unknownData' : isSame ? 'sameData' : 'otherData';
    return `${format.number(nTrainingRows)} (${t(`versions.compare.${which}`)})`;
  };
  const writeSaid = (answer: CasePrediction | null, { facts }: VersionRecord) => {
    if (!answer) return t('versions.compare.scenarioOther');
    const { unit } = facts.target;
    return format.duration(findHeadline(answer).value, isTimeUnit(unit) ? unit : 'unknown', 2);
  };
  const rows = [
    pair(t('versions.column.model'), ({ facts }) => nameVersionModel(facts, words)),
    pair(t('versions.compare.data'), writeData),
    pair(t('versions.column.error'), ({ facts }) => writeVersionError(facts, words)),
    pair(t('versions.compare.seed'), ({ facts }) => String(facts.seed)),
    pair(t('versions.compare.app'), ({ facts }) => facts.app ?? '–'),
    ...listDifferences(old.facts.settings, challenger.facts.settings).map(
      (each) => [`${t('versions.compare.setting')} ${each.path}`, each.old, each.new] as const,
    ),
    ...(said.length === 2
      ? [
          [
            t('versions.compare.scenario'),
            writeSaid(said[0] ?? null, old),
            writeSaid(said[1] ?? null, challenger),
          ] as const,
        ]
      : []),
  ];
  return (
    <Table fz="sm" verticalSpacing={4} withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th />
          <Table.Th>{t('versions.number', { number: old.number })}</Table.Th>
          <Table.Th>{t('versions.number', { number: challenger.number })}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, before, after]) => (
          <Table.Tr key={name}>
            <Table.Th fw={500}>{name}</Table.Th>
            <Table.Td {...(before !== after && { fw: 600 })}>{before}</Table.Td>
            <Table.Td {...(before !== after && { fw: 600 })}>{after}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
