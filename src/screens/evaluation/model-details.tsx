import { Table, Text } from '@mantine/core';
import type { Estimate } from '#evaluation/bootstrap.ts';
import type { ModelScore, TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { WideTable } from '#ui/wide-table.tsx';
import { ModelLabel } from './model-label.tsx';

const estimated = ['mae', 'rmse', 'medianAbsoluteError', 'bias'] as const;
const plain = ['p80', 'p90'] as const;

/** Every score on the test outages, with the range that other outages of the same kind could give. */
export function ModelDetails({
  ranked,
  result,
}: {
  readonly ranked: readonly ModelScore[];
  readonly result: TrainingResult;
}) {
  const { t } = useWords();
  const name = (metric: (typeof estimated)[number] | (typeof plain)[number]) => t(`terms.metric.${metric}`);
  return (
    <WideTable miw={700} verticalSpacing={5} horizontalSpacing={6} fz="xs" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('evaluation.models.model')}</Table.Th>
          {estimated.map((metric) => (
            <Table.Th key={metric} ta="right">
              {name(metric)}
            </Table.Th>
          ))}
          <Table.Th ta="right">R²</Table.Th>
          <Table.Th ta="right">{t('terms.metric.shareLate')}</Table.Th>
          {plain.map((metric) => (
            <Table.Th key={metric} ta="right">
              {name(metric)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {ranked.map((model) => (
          <DetailRow key={model.name} model={model} isChosen={model.name === result.chosen} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function DetailRow({ model, isChosen }: { readonly model: ModelScore; readonly isChosen: boolean }) {
  const { format } = useWords();
  const { details } = model;
  return (
    <Table.Tr fw={isChosen ? 650 : 400}>
      <Table.Td>
        <ModelLabel model={model} isChosen={isChosen} />
      </Table.Td>
      {estimated.map((metric) => (
        <EstimateCell key={metric} estimate={details?.[metric]} />
      ))}
      <Table.Td ta="right">{format.fixed(model.test.r2, 2)}</Table.Td>
      <Table.Td ta="right">{details ? format.percent(details.shareLate) : '–'}</Table.Td>
      {plain.map((metric) => (
        <Table.Td key={metric} ta="right">
          {details ? format.fixed(details[metric], 1) : '–'}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function EstimateCell({ estimate }: { readonly estimate: Estimate | undefined }) {
  const { format } = useWords();
  if (!estimate) return <Table.Td ta="right">–</Table.Td>;
  const { value, low, high } = estimate;
  return (
    <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
      {format.fixed(value, 2)}
      <Text size="xs" c="dimmed" fw={400}>
        {`[${format.fixed(low, 2)} ; ${format.fixed(high, 2)}]`}
      </Text>
    </Table.Td>
  );
}
