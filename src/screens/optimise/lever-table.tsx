import {
  ActionIcon,
  Checkbox,
  Group,
  MultiSelect,
  NativeSelect,
  Paper,
  Select,
  Stack,
  Table,
  Text,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { CellRow } from '#data/cell.ts';
import type { FormFeature } from '#inference/contract.ts';
import type { JudgedLever } from '#jobs/planning/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { leverDirections, type LeverSpec, type PlanSupport } from '#planning/contract.ts';
import { tellDoubt } from '#report/plan-sentences.ts';
import { DateBox } from '#ui/date-box.tsx';
import { Icon } from '#ui/icon.tsx';
import { NumberBox } from '#ui/number-box.tsx';
import { readDate } from '../read-date.ts';
import {
  changeLever,
  isFrozen,
  type LeverField,
  type LeverRow,
  listLeverRows,
  listOtherColumns,
} from './optimise.view.ts';

export interface LeverTableProps {
  readonly levers: readonly LeverSpec[];
  readonly features: readonly FormFeature[];
  readonly cells: CellRow;
  /** What outages alike say of them. */
  readonly judged: readonly JudgedLever[];
  readonly unit: DurationUnitName;
  /** Those in use at the last answer. */
  readonly bounds: PlanSupport['bounds'];
  readonly onChange: (levers: readonly LeverSpec[]) => void;
}

const columns = [
  'name',
  'present',
  'min',
  'max',
  'step',
  'cost',
  'costPerTime',
  'switchCost',
  'expected',
  'frozen',
] as const;
type LeverColumn = (typeof columns)[number];

/** What can be chosen, between which values, and what that costs: a table, or a card each where it would not fit. */
export function LeverTable({ levers, features, cells, judged, unit, bounds, onChange }: LeverTableProps) {
  const words = useWords();
  const { t } = words;
  const isNarrow = useMediaQuery('(max-width: 80em)') ?? false;
  const rows = listLeverRows(levers, features, cells, bounds, words).map((row) => {
    const { column } = row.lever;
    const evidence = judged.find((each) => each.column === column);
    return {
      row: { ...row, lever: { ...row.lever, frozen: isFrozen(row.lever, judged) } },
      doubt: evidence ? tellDoubt(evidence, unit, words) : null,
      onChange: (changed: LeverSpec) =>
        onChange(
          levers.map((lever) => (lever.column === column ? keepUnasked(changed, lever, judged) : lever)),
        ),
      onRemove: () => onChange(levers.filter((lever) => lever.column !== column)),
    };
  });
  return (
    <>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('optimise.lever.none')}
        </Text>
      ) : isNarrow ? (
        <Stack gap="sm">
          {rows.map((each) => (
            <LeverCard key={each.row.lever.column} {...each} />
          ))}
        </Stack>
      ) : (
        <Table verticalSpacing={4} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column}>{t(`optimise.lever.${column}`)}</Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((each) => (
              <LeverCells key={each.row.lever.column} {...each} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group mt="sm">
        <Select
          size="xs"
          w={280}
          searchable
          value={null}
          label={t('optimise.lever.add')}
          placeholder={t('optimise.lever.addHint')}
          data={[...listOtherColumns(levers, features)]}
          onChange={(column) => column !== null && onChange([...levers, { column }])}
        />
      </Group>
    </>
  );
}

/** That a doubted lever stays is no decision of a person, until one is made. */
function keepUnasked(changed: LeverSpec, before: LeverSpec, judged: readonly JudgedLever[]): LeverSpec {
  if (before.frozen !== undefined || changed.frozen !== isFrozen(before, judged)) return changed;
  const { frozen: _, ...others } = changed;
  return others;
}

interface LeverProps {
  readonly row: LeverRow;
  /** Why its effect looks like selection; null where nothing speaks against it. */
  readonly doubt: string | null;
  readonly onChange: (lever: LeverSpec) => void;
  readonly onRemove: () => void;
}

function LeverCells(props: LeverProps) {
  const { doubt, row } = props;
  const fields = useLeverFields(props);
  const isCategory = row.feature.type === 'category';
  return (
    <>
      <Table.Tr {...(doubt !== null && { style: { borderBottom: 'none' } })}>
        <Table.Td fw={600}>{row.lever.column}</Table.Td>
        {columns.slice(1).map((column) => {
          if (isCategory && (column === 'max' || column === 'step')) return null;
          return (
            <Table.Td key={column} {...(isCategory && column === 'min' && { colSpan: 3 })}>
              {fields[column] ?? <NotApplicable />}
            </Table.Td>
          );
        })}
        <Table.Td>
          <RemoveButton {...props} />
        </Table.Td>
      </Table.Tr>
      {doubt !== null && (
        <Table.Tr>
          <Table.Td colSpan={columns.length + 1} pt={0}>
            <Doubt text={doubt} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function LeverCard(props: LeverProps) {
  const { t } = useWords();
  const { doubt, row } = props;
  const fields = useLeverFields(props);
  return (
    <Paper withBorder p="xs" role="group" aria-label={row.lever.column}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} size="sm">
          {row.lever.column}
        </Text>
        <RemoveButton {...props} />
      </Group>
      <Group gap="sm" align="flex-end">
        {columns.slice(1).map((column) => {
          const field = fields[column];
          return field === undefined ? null : (
            <div key={column}>
              <Text size="xs" c="dimmed">
                {row.feature.type === 'category' && column === 'min'
                  ? t('optimise.lever.valuesTitle')
                  : t(`optimise.lever.${column}`)}
              </Text>
              {field}
            </div>
          );
        })}
      </Group>
      {doubt !== null && <Doubt text={doubt} />}
    </Paper>
  );
}

function Doubt({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="var(--app-warning-text)" mt={4} data-testid="lever-doubt">
      {text}
    </Text>
  );
}

function RemoveButton({ row, onRemove }: LeverProps) {
  const { t } = useWords();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t('optimise.lever.remove', { column: row.lever.column })}
      onClick={onRemove}
    >
      <Icon name="close" size={15} />
    </ActionIcon>
  );
}

/** What is asked of a lever, by column; of a category its values stand where others have their bounds. */
function useLeverFields({
  row: { lever, feature, present, usual },
  onChange,
}: LeverProps): Partial<Record<LeverColumn, ReactNode>> {
  const { t, format } = useWords();
  const { column, frozen = false } = lever;
  const label = (field: LeverField) =>
    t('optimise.lever.of', { field: t(`optimise.lever.${field}`), column });
  const number = (field: LeverField, placeholder = '') => (
    <NumberBox
      size="xs"
      w={92}
      hideControls
      disabled={frozen}
      aria-label={label(field)}
      placeholder={placeholder}
      value={lever[field] ?? null}
      onChange={(value) => onChange(changeLever(lever, field, value))}
    />
  );
  const day = (field: 'min' | 'max', placeholder: string) => (
    <DateBox
      size="xs"
      w={104}
      disabled={frozen}
      aria-label={label(field)}
      placeholder={placeholder}
      value={lever[field] ?? null}
      write={(instant) => format.date(instant)}
      read={readDate}
      unreadable={t('optimise.lever.noDate')}
      onChange={(value) => onChange(changeLever(lever, field, value))}
    />
  );
  const isNumber = feature.type === 'number';
  return {
    present: (
      <Text size="sm" span>
        {present}
      </Text>
    ),
    ...(feature.type === 'category'
      ? {
          min: (
            <MultiSelect
              size="xs"
              miw={160}
              disabled={frozen}
              aria-label={t('optimise.lever.values', { column })}
              placeholder={lever.values ? '' : t('optimise.lever.allValues')}
              data={[...feature.categories]}
              value={(lever.values ?? []).map(String)}
              onChange={(values) => {
                const { values: _, ...others } = lever;
                onChange(values.length > 0 ? { ...others, values } : others);
              }}
            />
          ),
        }
      : {
          min: feature.type === 'date' ? day('min', usual.min) : number('min', usual.min),
          max: feature.type === 'date' ? day('max', usual.max) : number('max', usual.max),
          step: number('step', usual.step),
          cost: number('cost', '0'),
        }),
    ...(isNumber && { costPerTime: number('costPerTime', '0') }),
    switchCost: number('switchCost', '0'),
    ...(isNumber && {
      expected: (
        <NativeSelect
          size="xs"
          w={124}
          disabled={frozen}
          aria-label={t('optimise.lever.expects', { column })}
          value={lever.expected ?? ''}
          data={[
            { value: '', label: t('optimise.lever.noOpinion') },
            ...leverDirections.map((value) => ({ value, label: t(`optimise.lever.${value}`) })),
          ]}
          onChange={(event) => {
            const { expected: _, ...others } = lever;
            const chosen = leverDirections.find((each) => each === event.currentTarget.value);
            onChange(chosen ? { ...others, expected: chosen } : others);
          }}
        />
      ),
    }),
    frozen: (
      <Checkbox
        aria-label={t('optimise.lever.freeze', { column })}
        checked={frozen}
        onChange={(event) => onChange({ ...lever, frozen: event.currentTarget.checked })}
      />
    ),
  };
}

function NotApplicable() {
  return (
    <Text size="xs" c="dimmed">
      –
    </Text>
  );
}
