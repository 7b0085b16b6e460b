import { Badge, Button, Group, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import type { SheetReading } from '#data/workbook/sheet-source.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';
import { Panel } from '#ui/panel.tsx';
import {
  dialectChoices,
  dialectFields,
  nameDialectValue,
  type DialectField,
} from '#report/reading-sentences.ts';
import { DataGrid } from '../data-grid.tsx';
import { LedgerPanel } from './ledger-panel.tsx';
import { RawLines } from './raw-lines.tsx';
import { ReadingQuestions } from '../reading-questions.tsx';
import { useTablePages } from '../use-table-pages.ts';

const fileQuery = { view: 'file' } as const;
const PREVIEW_ROWS = 12;

/** How the file was read, with the evidence, beside what came of it; each choice can be changed. */
export function ReadingPanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const pages = useTablePages(dataset.id, fileQuery);
  const setDialect = useAppStore((state) => state.setDialect);
  const { summary } = dataset;
  return (
    <Stack gap="md">
      <ReadingQuestions
        summary={summary}
        onAnswer={(answer) => void setDialect({ ...dataset.overrides, ...answer })}
      />
      <DialectPanel dataset={dataset} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Panel heading={t('data.reading.raw')} style={{ minWidth: 0 }}>
          <RawLines dataset={dataset} />
        </Panel>
        <Panel heading={t('data.reading.parsed')} style={{ minWidth: 0 }}>
          <DataGrid
            label={t('data.reading.parsed')}
            profiles={summary.columns}
            pages={pages}
            height={392}
            maxRows={PREVIEW_ROWS}
          />
        </Panel>
      </SimpleGrid>
      <LedgerPanel dataset={dataset} />
    </Stack>
  );
}

function DialectPanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const setDialect = useAppStore((state) => state.setDialect);
  const isBusy = useAppStore((state) => state.work !== null);
  const hasOverrides = Object.keys(dataset.overrides).length > 0;
  return (
    <Panel
      heading={t('data.reading.choices')}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          disabled={!hasOverrides || isBusy}
          onClick={() => void setDialect({})}
        >
          {t('data.reading.resetAll')}
        </Button>
      }
    >
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
        {dataset.summary.workbook && <SheetChoice dataset={dataset} workbook={dataset.summary.workbook} />}
        {dialectFields
          .filter((field) => !dataset.summary.workbook || !ofTextOnly.has(field))
          .map((field) => (
            <DialectChoice key={field} field={field} dataset={dataset} />
          ))}
      </SimpleGrid>
    </Panel>
  );
}

/** What a workbook does not leave open. */
const ofTextOnly: ReadonlySet<DialectField> = new Set(['encoding', 'delimiter']);

function SheetChoice({
  dataset: { overrides },
  workbook: { sheet, sheets },
}: {
  readonly dataset: DatasetState;
  readonly workbook: SheetReading;
}) {
  const { t } = useWords();
  const setDialect = useAppStore((state) => state.setDialect);
  const isBusy = useAppStore((state) => state.work !== null);
  return (
    <div>
      <NativeSelect
        size="xs"
        label={t('data.reading.sheet')}
        disabled={isBusy}
        value={sheet}
        // Another sheet has other columns: what was said of this one's is not carried over.
        onChange={(event) => void setDialect({ sheet: event.currentTarget.value })}
        data={[...sheets]}
      />
      <Text size="xs" c="dimmed" mt={3}>
        {t(overrides.sheet === undefined ? 'data.reading.sheetFirst' : 'data.reading.chosen')}
      </Text>
    </div>
  );
}

function DialectChoice({ field, dataset }: { readonly field: DialectField; readonly dataset: DatasetState }) {
  const words = useWords();
  const { t } = words;
  const setDialect = useAppStore((state) => state.setDialect);
  const isBusy = useAppStore((state) => state.work !== null);
  const { dialect, evidence, headerLines } = dataset.summary;
  const [first, last] = headerLines ?? [0, 0];
  const found = evidence.find((entry) => entry.field === field);
  const isChosen = field in dataset.overrides;
  const known: readonly Dialect[DialectField][] = dialectChoices[field];
  const choices = known.includes(dialect[field]) ? known : [...known, dialect[field]];
  return (
    <div>
      <NativeSelect
        size="xs"
        label={t(`data.reading.field.${field}`)}
        disabled={isBusy}
        value={String(choices.indexOf(dialect[field]))}
        onChange={(event) => {
          const value = choices[Number(event.currentTarget.value)];
          void setDialect({ ...dataset.overrides, [field]: value });
        }}
        data={choices.map((value, index) => ({
          value: String(index),
          label:
            field === 'headerRow' && value === dialect.headerRow && last > first
              ? `${first}–${last}`
              : nameDialectValue(field, value, words),
        }))}
      />
      <Group gap={4} mt={3}>
        {found?.isAmbiguous && !isChosen && (
          <Badge size="xs" color="amber" variant="light" tt="none">
            {t('data.reading.ambiguous')}
          </Badge>
        )}
        <Text size="xs" c="dimmed">
          {isChosen
            ? t('data.reading.chosen')
            : found
              ? t(`data.evidence.${found.because}`)
              : t('data.reading.detected')}
          {!isChosen && found && found.examples.length > 0 && (
            <Text span size="xs" ff="monospace">
              {' '}
              {found.examples.slice(0, 2).join(' · ')}
            </Text>
          )}
        </Text>
      </Group>
    </div>
  );
}
