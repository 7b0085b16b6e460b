import { Group, NativeSelect, Slider, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Progress } from '#base/job-context.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { ScenarioComparison } from '#jobs/planning/contract.ts';
import { useWords } from '#language/use-words.ts';
import type { NamedScenario } from '#planning/contract.ts';
import { tellDifference } from '#report/comparison-sentences.ts';
import { WideTable } from '#ui/wide-table.tsx';
import { findDifference } from './side-by-side.view.ts';

export interface DifferencePartProps {
  readonly named: readonly NamedScenario[];
  /** Null while it is being worked out. */
  readonly comparison: ScenarioComparison | null;
  readonly progress: Progress | null;
  readonly target: ModelSummary['target'];
  readonly link: number;
  readonly onLink: (link: number) => void;
}

/** How much longer each scenario takes than one of them, with its interval; and of two, this very outage. */
export function DifferencePart({ named, comparison, progress, target, link, onLink }: DifferencePartProps) {
  const words = useWords();
  const { t, format } = words;
  const [fromId, setFromId] = useState<string | null>(null);
  const from = Math.max(
    0,
    named.findIndex(({ id }) => id === fromId),
  );
  const others = named.flatMap((each, to) => (to === from ? [] : [{ each, to }]));
  const change = (value: number) => format.durationChange(value, target.unit);
  return (
    <Stack gap="xs" data-testid="differences" aria-live="polite">
      <Group gap="md" align="flex-end">
        <NativeSelect
          size="xs"
          w={220}
          label={t('compare.from')}
          value={named[from]?.id ?? ''}
          data={named.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setFromId(event.currentTarget.value)}
        />
        <Stack gap={2} w={260} className="no-print">
          <Text size="xs" id="link-label">
            {t('compare.link', { link: format.number(link) })}
          </Text>
          <Slider
            size="sm"
            label={null}
            thumbProps={{ 'aria-labelledby': 'link-label' }}
            min={0}
            max={1}
            step={0.1}
            value={link}
            onChange={onLink}
          />
        </Stack>
      </Group>
      {comparison === null ? (
        <Text size="sm" c="dimmed">
          {progress
            ? t('compare.working', { share: format.percent(progress.done / progress.total) })
            : t('compare.waiting')}
        </Text>
      ) : (
        <>
          <WideTable miw={420} verticalSpacing={4} fz="sm">
            <Table.Thead>
              <Table.Tr>
                {(['against', 'difference', 'range', 'band'] as const).map((column) => (
                  <Table.Th key={column}>{t(`compare.column.${column}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {others.map(({ each, to }) => {
                const difference = findDifference(comparison, from, to);
                const expected = difference?.expected;
                return (
                  <Table.Tr key={each.id}>
                    <Table.Th scope="row" fw={500}>
                      {each.name}
                    </Table.Th>
                    <Table.Td fw={650}>{expected ? change(expected.value) : '–'}</Table.Td>
                    <Table.Td>
                      {expected
                        ? t('compare.between', { low: change(expected.low), high: change(expected.high) })
                        : '–'}
                    </Table.Td>
                    <Table.Td {...(difference?.isIndiscernible === true && { c: 'var(--app-warning-text)' })}>
                      {difference?.isUnseen === true
                        ? t('compare.same')
                        : difference?.isIndiscernible === true
                          ? t('compare.indiscernibles')
                          : expected
                            ? t('compare.apart')
                            : '–'}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </WideTable>
          {others.map(({ each, to }) => {
            const difference = findDifference(comparison, from, to);
            const said = difference
              ? tellDifference(difference, [named[from]?.name ?? '', each.name], link, { target }, words)
              : [];
            return (
              <Text size="sm" key={each.id}>
                {said.join(' ')}
              </Text>
            );
          })}
          <Text size="xs" c="dimmed">
            {t('compare.howTo')}
          </Text>
        </>
      )}
    </Stack>
  );
}
