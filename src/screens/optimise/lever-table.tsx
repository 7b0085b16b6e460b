import { ActionIcon, Checkbox, Group, MultiSelect, NativeSelect, Select, Table, Text } from '@mantine/core';
import type { CellRow } from '#data/cell.ts';
import type { FormFeature } from '#inference/contract.ts';
import { useWords } from '#language/use-words.ts';
import { leverDirections, type LeverSpec, type PlanSupport } from '#planning/contract.ts';
import { DateBox } from '#ui/date-box.tsx';
import { Icon } from '#ui/icon.tsx';
import { NumberBox } from '#ui/number-box.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { readDate } from '../read-date.ts';
import {
  changeLever,
  type LeverField,
  type LeverRow,
  listLeverRows,
  listOtherColumns,
} from './optimise.view.ts';

export interface LeverTableProps {
  readonly levers: readonly LeverSpec[];
  readonly features: readonly FormFeature[];
  readonly cells: CellRow;
  /** Those in use at the last answer. */
  readonly bounds: PlanSupport['bounds'];
  readonly onChange: (levers: readonly LeverSpec[]) => void;
}

/** What can be chosen, between which values, and what that costs. */
export function LeverTable({ levers, features, cells, bounds, onChange }: LeverTableProps) {
  const words = useWords();
  const { t } = words;
  const rows = listLeverRows(levers, features, cells, bounds, words);
  const replace = (changed: LeverSpec) =>
    onChange(levers.map((lever) => (lever.column === changed.column ? changed : lever)));
  return (
    <>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('optimise.lever.none')}
        </Text>
      ) : (
        <WideTable miw={980} verticalSpacing={4} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              {(
                [
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
                ] as const
              ).map((column) => (
                <Table.Th key={column}>{t(`optimise.lever.${column}`)}</Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <LeverCells
                key={row.lever.column}
                row={row}
                onChange={replace}
                onRemove={() => onChange(levers.filter(({ column }) => column !== row.lever.column))}
              />
            ))}
          </Table.Tbody>
        </WideTable>
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

function LeverCells({
  row: { lever, feature, present, usual },
  onChange,
  onRemove,
}: {
  readonly row: LeverRow;
  readonly onChange: (lever: LeverSpec) => void;
  readonly onRemove: () => void;
}) {
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
  return (
    <Table.Tr>
      <Table.Td fw={600}>{column}</Table.Td>
      <Table.Td>{present}</Table.Td>
      {feature.type === 'category' ? (
        <Table.Td colSpan={3}>
          <MultiSelect
            size="xs"
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
        </Table.Td>
      ) : (
        <>
          <Table.Td>{feature.type === 'date' ? day('min', usual.min) : number('min', usual.min)}</Table.Td>
          <Table.Td>{feature.type === 'date' ? day('max', usual.max) : number('max', usual.max)}</Table.Td>
          <Table.Td>{number('step', usual.step)}</Table.Td>
        </>
      )}
      <Table.Td>{feature.type === 'category' ? <NotApplicable /> : number('cost', '0')}</Table.Td>
      <Table.Td>{feature.type === 'number' ? number('costPerTime', '0') : <NotApplicable />}</Table.Td>
      <Table.Td>{number('switchCost', '0')}</Table.Td>
      <Table.Td>
        {feature.type === 'number' ? (
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
        ) : (
          <NotApplicable />
        )}
      </Table.Td>
      <Table.Td>
        <Checkbox
          aria-label={t('optimise.lever.freeze', { column })}
          checked={frozen}
          onChange={(event) => onChange({ ...lever, frozen: event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('optimise.lever.remove', { column })}
          onClick={onRemove}
        >
          <Icon name="close" size={15} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}

function NotApplicable() {
  return (
    <Text size="xs" c="dimmed">
      –
    </Text>
  );
}
