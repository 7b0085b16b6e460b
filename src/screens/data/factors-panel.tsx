import { Alert, Button, Checkbox, FileButton, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { factorParts, type FactorPlan } from '#data/factors/factor-plan.ts';
import { findJoinStep } from '#data/recipe/join-step.ts';
import type { FactorsSummary } from '#jobs/dataset/contract.ts';
import { useWords } from '#language/use-words.ts';
import { tellFactorMatch, tellFactorPlan, tellFactorsWhenPlanning } from '#report/factor-sentences.ts';
import { describeDialect } from '#report/reading-sentences.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { FileDrop } from '#ui/file-drop.tsx';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { changeKey, changeValue, viewFactors, type FactorRow } from './factors.view.ts';
import { ReadingQuestions } from '../reading-questions.tsx';

/** The second file: added, joined by which columns, with what outcome, and what is read of it. */
export function FactorsPanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const addFactors = useAppStore((state) => state.addFactors);
  const { factors } = dataset;
  const join = findJoinStep(dataset.recipe.present);
  return (
    <Panel
      heading={t('factors.heading')}
      description={t('factors.text')}
      aside={factors && <FileActions dataset={dataset} isJoined={join !== undefined} />}
    >
      {factors === null ? (
        <Stack gap="sm">
          {join && (
            <Alert color="amber" icon={<Icon name="warning" />} p="sm">
              {t('factors.missing', { file: t('quality.quote', { name: join.plan.file }) })}
            </Alert>
          )}
          <FileDrop
            title={t('factors.drop')}
            choose={t('data.welcome.choose')}
            hint={t('factors.dropHint')}
            disabled={isBusy}
            onFile={(file) => void addFactors(file)}
          />
        </Stack>
      ) : (
        <OpenFactors dataset={dataset} summary={factors.summary} plan={join?.plan ?? null} />
      )}
    </Panel>
  );
}

function FileActions({ dataset, isJoined }: { readonly dataset: DatasetState; readonly isJoined: boolean }) {
  const { t } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const addFactors = useAppStore((state) => state.addFactors);
  const joinFactors = useAppStore((state) => state.joinFactors);
  const dropFactors = useAppStore((state) => state.dropFactors);
  const editRecipe = useAppStore((state) => state.editRecipe);
  return (
    <Group gap="xs">
      {!isJoined && (
        <Button size="xs" disabled={isBusy} onClick={() => void joinFactors({})}>
          {t('factors.joinAgain')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="undo" size={14} />}
        disabled={isBusy || dataset.recipe.past.length === 0}
        onClick={() => void editRecipe({ kind: 'undo' })}
      >
        {t('quality.recipe.undo')}
      </Button>
      <FileButton
        onChange={(file) => file && void addFactors(file)}
        inputProps={{ 'aria-label': t('factors.another') }}
      >
        {(props) => (
          <Button {...props} size="xs" variant="default" disabled={isBusy}>
            {t('factors.another')}
          </Button>
        )}
      </FileButton>
      <Button size="xs" variant="default" disabled={isBusy} onClick={() => void dropFactors()}>
        {t('factors.remove')}
      </Button>
    </Group>
  );
}

interface OpenFactorsProps {
  readonly dataset: DatasetState;
  readonly summary: FactorsSummary;
  /** Null where the step was taken out. */
  readonly plan: FactorPlan | null;
}

function OpenFactors({ dataset, summary, plan }: OpenFactorsProps) {
  const words = useWords();
  const { t, format, count, pair } = words;
  const setFactorsDialect = useAppStore((state) => state.setFactorsDialect);
  const match = dataset.cleaning.report.find((step) => step.match)?.match;
  const overrides = dataset.factors?.overrides ?? {};
  const [matched, ...rest] = plan && match ? tellFactorMatch(match, words) : [];
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {summary.name}
        {' · '}
        {count('common.rows', summary.nRows)}
        {' · '}
        {describeDialect(summary.dialect, words)}
        {summary.ledger.rejected > 0 &&
          ` · ${pair(t('data.ledger.rejected'), format.number(summary.ledger.rejected))}`}
      </Text>
      <ReadingQuestions
        summary={summary}
        onAnswer={(answer) => void setFactorsDialect({ ...overrides, ...answer })}
      />
      {plan === null ? (
        <Text size="sm">{t('factors.notJoined')}</Text>
      ) : (
        <>
          <Text size="sm">{tellFactorPlan(plan, words)}</Text>
          {matched !== undefined && (
            <Text fw={650} {...(match?.nMatched === 0 && { c: 'var(--app-warning-text)' })}>
              {matched}
            </Text>
          )}
          {rest.map((sentence) => (
            <Text size="sm" key={sentence}>
              {sentence}
            </Text>
          ))}
          {dataset.preparation?.planning && <Text size="sm">{tellFactorsWhenPlanning(plan, words)}</Text>}
          <KeyChoice dataset={dataset} summary={summary} plan={plan} />
          <ValuesTable summary={summary} plan={plan} />
        </>
      )}
    </Stack>
  );
}

function KeyChoice({ dataset, summary, plan }: OpenFactorsProps & { readonly plan: FactorPlan }) {
  const { t } = useWords();
  const joinFactors = useAppStore((state) => state.joinFactors);
  const namesOf = (columns: FactorsSummary['columns'], type: 'date' | 'category') =>
    columns.flatMap((column) => (column.type === type ? [column.name] : []));
  const labels = {
    outages: namesOf(dataset.summary.columns, 'category'),
    factors: namesOf(summary.columns, 'category'),
  };
  const first = { outages: labels.outages[0] ?? '', factors: labels.factors[0] ?? '' };
  const { date, key } = plan;
  const choose = (side: 'outages' | 'factors') => (name: string) =>
    void joinFactors({ date, key: changeKey(key, side, name, first) });
  const none = { value: '', label: t('factors.oneSeries') };
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        label={t('factors.date')}
        data={namesOf(summary.columns, 'date')}
        value={date}
        onChange={(event) => void joinFactors({ date: event.currentTarget.value, key })}
      />
      <NativeSelect
        label={t('factors.theirKey')}
        data={[none, ...labels.factors]}
        value={key?.factors ?? ''}
        disabled={labels.outages.length === 0}
        onChange={(event) => choose('factors')(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('factors.ourKey')}
        data={[none, ...labels.outages]}
        value={key?.outages ?? ''}
        disabled={labels.factors.length === 0}
        onChange={(event) => choose('outages')(event.currentTarget.value)}
      />
    </Group>
  );
}

function ValuesTable({ summary, plan }: { readonly summary: FactorsSummary; readonly plan: FactorPlan }) {
  const { t, format } = useWords();
  const setFactorValues = useAppStore((state) => state.setFactorValues);
  const rows = viewFactors(summary, plan);
  const change = (row: FactorRow, days: number, part: FactorRow['windows'][number]['part']) =>
    void setFactorValues(changeValue(rows, row.factor, days, part));
  const parts = factorParts.filter((part) => part !== 'at-start');
  return (
    <WideTable miw={560} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('factors.column')}</Table.Th>
          <Table.Th>{t('factors.atStart')}</Table.Th>
          {rows[0]?.windows.map(({ days }) => (
            <Table.Th key={days}>{t('factors.daysBefore', { n: format.number(days) })}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.factor}>
            <Table.Td>{row.factor}</Table.Td>
            <Table.Td>
              <Checkbox
                aria-label={`${row.factor}, ${t('factors.atStart')}`}
                checked={row.atStart}
                onChange={(event) => change(row, 0, event.currentTarget.checked ? 'at-start' : null)}
              />
            </Table.Td>
            {row.windows.map(({ days, part }) => (
              <Table.Td key={days}>
                {row.isNumber && (
                  <NativeSelect
                    size="xs"
                    aria-label={`${row.factor}, ${t('factors.daysBefore', { n: format.number(days) })}`}
                    data={[
                      { value: '', label: t('factors.none') },
                      ...parts.map((each) => ({ value: each, label: t(`factors.part.${each}`) })),
                    ]}
                    value={part ?? ''}
                    onChange={({ currentTarget: { value } }) =>
                      change(row, days, parts.find((each) => each === value) ?? null)
                    }
                  />
                )}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
