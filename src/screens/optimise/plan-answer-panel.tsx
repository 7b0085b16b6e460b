import { Alert, Button, Group, Mark, Stack, Table, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { levelOfRequest } from '#planning/contract.ts';
import {
  listPlanRows,
  tellDoubts,
  tellOptimism,
  tellPlanAnswer,
  tellPlanRemarks,
  tellPlanStatus,
} from '#report/plan-sentences.ts';
import type { FoundPlan, ModelOnShow } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { FrontChart } from './front-chart.tsx';

export interface PlanAnswerPanelProps {
  readonly found: FoundPlan;
  readonly model: ModelOnShow;
}

/** The answer first, the proof, both plans side by side, what to announce, why it stops there. */
export function PlanAnswerPanel({ found, model }: PlanAnswerPanelProps) {
  const words = useWords();
  const { t } = words;
  const tryCells = useAppStore((state) => state.tryCells);
  const cells = useAppStore((state) => state.scenario?.cells);
  const { answer, settings } = found;
  const { plan } = answer;
  const { summary } = model;
  const asked = {
    objective: settings.objective,
    hasTarget: settings.isTarget,
    level: settings.isTarget ? ('p80' as const) : levelOfRequest({ ...settings, target: null }),
  };
  const rows = listPlanRows(
    answer,
    settings.levers.map(({ column }) => column),
    summary,
    words,
  );
  const headline = tellPlanAnswer(answer, asked, summary, words);
  const optimism = tellOptimism(answer, asked, summary, words);
  return (
    <Panel heading={t('optimise.answerHeading')}>
      <Stack gap="sm" aria-live="polite" data-testid="plan-answer">
        {headline !== null && (
          <Text fw={650} size="lg">
            {headline}
          </Text>
        )}
        <Text
          fw={600}
          data-testid="plan-status"
          c={answer.status === 'optimal' ? 'var(--app-success-text)' : 'var(--app-warning-text)'}
        >
          {tellPlanStatus(answer, asked, summary, words)}
        </Text>
        {rows.length > 0 && (
          <WideTable miw={420} verticalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Td />
                <Table.Th>{t('optimise.present')}</Table.Th>
                <Table.Th>{t('optimise.proposed')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ name, present, proposed, isChanged }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={500}>
                    {name}
                  </Table.Th>
                  <Table.Td>{present}</Table.Td>
                  <Table.Td fw={isChanged ? 700 : 400}>
                    {isChanged ? <Mark>{proposed}</Mark> : proposed}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
        )}
        {plan && (
          <Group className="no-print">
            <Button size="xs" disabled={cells === plan.cells} onClick={() => tryCells(plan.cells)}>
              {t('optimise.load')}
            </Button>
            {cells !== answer.base.cells && cells !== found.cells && (
              <Text size="xs" c="dimmed">
                {t('optimise.ofBefore')}
              </Text>
            )}
          </Group>
        )}
        {tellDoubts(answer, summary, words).map((doubt) => (
          <Text size="sm" fw={600} c="var(--app-warning-text)" key={doubt}>
            {doubt}
          </Text>
        ))}
        {optimism !== null && <Text size="sm">{optimism}</Text>}
        <Stack gap={2}>
          {tellPlanRemarks(answer, words).map((remark) => (
            <Text size="sm" key={remark}>
              {remark}
            </Text>
          ))}
        </Stack>
        <Alert color="yellow" variant="light" p="xs">
          <Text size="sm">{t('optimise.association')}</Text>
        </Alert>
        {answer.front && answer.front.plans.length > 1 && (
          <FrontChart answer={answer} front={answer.front} unit={summary.target.unit} onPick={tryCells} />
        )}
      </Stack>
    </Panel>
  );
}
