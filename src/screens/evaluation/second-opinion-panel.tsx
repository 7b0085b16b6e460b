import { Anchor, Button, List, Stack, Table, Text } from '@mantine/core';
import type { Disagreement } from '#jobs/second-opinion/contract.ts';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { describeSecondOpinion, writeSpread } from '#report/second-opinion-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import { useOpenOutage } from './use-open-outage.ts';

/** A neural network's independent opinion on the test outages. Asked for, as it takes a fit per fold. */
export function SecondOpinionPanel({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t } = words;
  const secondOpinion = useAppStore((state) => state.secondOpinion);
  const canAsk = useAppStore(
    ({ dataset, work, model }) =>
      dataset?.id === result.datasetId && work === null && model !== null && !model.isStale,
  );
  const runSecondOpinion = useAppStore((state) => state.runSecondOpinion);
  const furthest = secondOpinion?.disagreement?.furthest ?? [];
  return (
    <Panel
      heading={t('secondOpinion.heading')}
      description={t('secondOpinion.lead')}
      {...(!secondOpinion && { className: 'no-print' })}
    >
      <Stack align="flex-start" gap="sm">
        {secondOpinion?.isStopped && (
          <Text size="sm" fw={600}>
            {t('secondOpinion.stopped')}
          </Text>
        )}
        {secondOpinion && (
          <List size="sm" spacing={4} maw={980}>
            {describeSecondOpinion(secondOpinion, result, words).map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        )}
        {furthest.length > 0 && <FurthestTable furthest={furthest} result={result} />}
        {(!secondOpinion || secondOpinion.isStopped) && (
          <Button variant="light" disabled={!canAsk} onClick={() => void runSecondOpinion()}>
            {t(secondOpinion ? 'secondOpinion.again' : 'secondOpinion.action')}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}

interface FurthestTableProps {
  readonly furthest: Disagreement['furthest'];
  readonly result: TrainingResult;
}

function FurthestTable({ furthest, result }: FurthestTableProps) {
  const words = useWords();
  const { t, format } = words;
  const { unit } = result.target;
  const openOutage = useOpenOutage(result);
  return (
    <WideTable fz="sm" verticalSpacing={4} w="auto" miw={560} aria-label={t('secondOpinion.furthest')}>
      <Table.Caption style={{ captionSide: 'top', textAlign: 'start' }} mt={0}>
        {t('secondOpinion.furthest')}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('data.table.row')}</Table.Th>
          <Table.Th ta="right">{withUnit(t('secondOpinion.ours'), unit, words)}</Table.Th>
          <Table.Th ta="right">{withUnit(t('secondOpinion.theirs'), unit, words)}</Table.Th>
          <Table.Th ta="right">{withUnit(t('secondOpinion.actual'), unit, words)}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {furthest.map(({ row, ours, theirs, actual }) => (
          <Table.Tr key={row}>
            <Table.Td>
              {openOutage ? (
                <Anchor
                  component="button"
                  size="sm"
                  aria-label={t('secondOpinion.open', { row: format.plain(row + 1) })}
                  onClick={() => openOutage(row)}
                >
                  {format.plain(row + 1)}
                </Anchor>
              ) : (
                format.plain(row + 1)
              )}
            </Table.Td>
            <Table.Td ta="right">{writeSpread(ours, words)}</Table.Td>
            <Table.Td ta="right">{writeSpread(theirs, words)}</Table.Td>
            <Table.Td ta="right">{format.number(actual, 1)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
