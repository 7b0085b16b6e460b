import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Mark,
  Menu,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { MOST_SCENARIOS, type NamedScenario } from '#planning/contract.ts';
import { exportScenarios } from '#report/scenario-table.ts';
import type { ModelOnShow, Scenario } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { ExportMenu } from '../export-menu.tsx';
import { useDownload } from '../use-download.ts';
import { DifferencePart } from './difference-part.tsx';
import { listAnswerLines, listInputLines } from './side-by-side.view.ts';

/** Scenarios that were given a name, in columns, with what tells them apart. */
export function SideBySidePanel({
  model,
  scenario,
}: {
  readonly model: ModelOnShow;
  readonly scenario: Scenario;
}) {
  const words = useWords();
  const { t, count } = words;
  const download = useDownload();
  const named = useAppStore((state) => state.named);
  const atMost = useAppStore((state) => state.targetDuration);
  const answer = useAppStore((state) => state.sideBySide);
  const compareNamed = useAppStore((state) => state.compareNamed);
  const nameScenario = useAppStore((state) => state.nameScenario);
  const [showsAll, setShowsAll] = useState(false);
  const [link, setLink] = useState(1);
  useEffect(() => void compareNamed(named, atMost, link), [compareNamed, named, atMost, link]);
  // An answer to what stood there before is none.
  const isAnswered = answer !== null && answer.named === named && answer.atMost === atMost;
  const predictions = isAnswered ? answer.predictions : [];
  const comparison = isAnswered && answer.link === link ? answer.comparison : null;
  const inputs = listInputLines(named, model.summary.features, words);
  const shown = inputs.filter(({ differs }) => showsAll || differs || named.length === 1);
  const answers = listAnswerLines(predictions, comparison, atMost, model.summary, words);
  const isFull = named.length >= MOST_SCENARIOS;
  return (
    <Panel
      heading={t('compare.heading')}
      description={t('compare.lead')}
      aside={
        <Group gap="xs" className="no-print">
          <Button
            size="xs"
            variant="light"
            disabled={isFull}
            onClick={() => nameScenario(nameFrom(scenario, t('compare.study')))}
          >
            {t('compare.keep')}
          </Button>
          {named.length > 0 && (
            <>
              <ExportMenu
                label={t('compare.export')}
                onExport={(dialect) =>
                  download(() =>
                    Promise.resolve(
                      exportScenarios(
                        named.map((each, i) => ({ ...each, prediction: predictions[i] ?? null })),
                        model.summary,
                        dialect,
                        words,
                      ),
                    ),
                  )
                }
              />
              <Button size="xs" variant="default" onClick={() => window.print()}>
                {t('compare.print')}
              </Button>
            </>
          )}
        </Group>
      }
    >
      {named.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('compare.none')}
        </Text>
      ) : (
        <Stack gap="sm" data-testid="side-by-side">
          <WideTable miw={150 + 132 * named.length} verticalSpacing={4} horizontalSpacing="xs" fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Td />
                {named.map((each, i) => (
                  <Table.Th key={each.id} miw={124}>
                    <ScenarioHead named={each} place={i} nNamed={named.length} isFull={isFull} />
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {answers.map((line) => (
                <Table.Tr key={line.id}>
                  <Table.Th scope="row">{line.name}</Table.Th>
                  {line.cells.map((cell, i) => (
                    <Table.Td key={named[i]?.id} fw={line.id === 'p80' ? 650 : 400}>
                      {cell}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
              {shown.map((line) => (
                <Table.Tr key={`input ${line.id}`}>
                  <Table.Th scope="row" fw={500}>
                    {line.name}
                  </Table.Th>
                  {line.cells.map((cell, i) => (
                    <Table.Td key={named[i]?.id}>{line.isOther[i] ? <Mark>{cell}</Mark> : cell}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
          {named.length > 1 && (
            <Checkbox
              className="no-print"
              size="xs"
              label={count('compare.showSame', inputs.filter(({ differs }) => !differs).length)}
              checked={showsAll}
              onChange={(event) => setShowsAll(event.currentTarget.checked)}
            />
          )}
          {named.length > 1 && (
            <DifferencePart
              named={named}
              comparison={comparison}
              progress={isAnswered ? answer.progress : null}
              target={model.summary.target}
              link={link}
              onLink={setLink}
            />
          )}
        </Stack>
      )}
    </Panel>
  );
}

/** The past outage that it started from names it, unless it was changed beyond that. */
function nameFrom({ origin }: Scenario, otherwise: string): string {
  return origin === null ? otherwise : `${otherwise} ${origin.row + 1}`;
}

function ScenarioHead({
  named: { id, name },
  place,
  nNamed,
  isFull,
}: {
  readonly named: NamedScenario;
  readonly place: number;
  readonly nNamed: number;
  readonly isFull: boolean;
}) {
  const { t } = useWords();
  const rename = useAppStore((state) => state.renameScenario);
  const duplicate = useAppStore((state) => state.duplicateScenario);
  const remove = useAppStore((state) => state.removeScenario);
  const move = useAppStore((state) => state.moveScenario);
  const overwrite = useAppStore((state) => state.overwriteScenario);
  const tryCells = useAppStore((state) => state.tryCells);
  const cells = useAppStore((state) => state.named[place]?.cells);
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string } | null>(null);
  const commit = () => {
    if (draft?.of === name) rename(id, draft.text);
    setDraft(null);
  };
  return (
    <Group gap={2} wrap="nowrap">
      <TextInput
        size="xs"
        variant="unstyled"
        flex={1}
        styles={{ input: { fontWeight: 650 } }}
        aria-label={t('compare.rename', { name })}
        value={draft?.of === name ? draft.text : name}
        maxLength={60}
        onChange={(event) => setDraft({ text: event.currentTarget.value, of: name })}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            className="no-print"
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('compare.more', { name })}
          >
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => cells && tryCells(cells)}>{t('compare.load')}</Menu.Item>
          <Menu.Item onClick={() => overwrite(id)}>{t('compare.overwrite')}</Menu.Item>
          <Menu.Item disabled={isFull} onClick={() => duplicate(id)}>
            {t('compare.duplicate')}
          </Menu.Item>
          <Menu.Item disabled={place === 0} onClick={() => move(id, -1)}>
            {t('compare.left')}
          </Menu.Item>
          <Menu.Item disabled={place === nNamed - 1} onClick={() => move(id, 1)}>
            {t('compare.right')}
          </Menu.Item>
          <Menu.Item color="red" onClick={() => remove(id)}>
            {t('compare.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
