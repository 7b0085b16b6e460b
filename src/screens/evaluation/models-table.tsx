import { Switch, Table, Text, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { ModelScore, TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { Panel } from '#ui/panel.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { tellStopped, writeSigned, writeRange } from '#report/model-sentences.ts';
import { listFullScores } from '#training/full-scores.ts';
import { withUnit } from '#report/with-unit.ts';
import { ModelDetails } from './model-details.tsx';
import { ModelLabel } from './model-label.tsx';

const metrics = ['mae', 'rmse', 'r2'] as const;
const scopes = ['test', 'cv'] as const;

/** Every model on the same rows, beside the reference predictions it has to beat. */
export function ModelsTable({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format } = words;
  const { unit } = result.target;
  const [isWhole, setIsWhole] = useState(false);
  const ranked = [...listFullScores(result)].sort((a, b) => a.test.mae - b.test.mae);
  const choice = (
    <Switch
      size="xs"
      className="no-print"
      label={t('evaluation.models.allScores')}
      checked={isWhole}
      onChange={(event) => setIsWhole(event.currentTarget.checked)}
    />
  );
  if (isWhole) {
    return (
      <Panel
        heading={t('evaluation.models.heading')}
        description={t('evaluation.models.detailsCaption', {
          n: format.number(result.rows.test),
          unit: unit === 'unknown' ? '–' : t(`common.unit.${unit}`),
        })}
        aside={choice}
      >
        <ModelDetails ranked={ranked} result={result} />
        <Stopped result={result} />
      </Panel>
    );
  }
  return (
    <Panel
      heading={t('evaluation.models.heading')}
      description={t('evaluation.models.caption')}
      aside={choice}
    >
      <WideTable miw={680} verticalSpacing={5} fz="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th rowSpan={2}>{t('evaluation.models.model')}</Table.Th>
            {metrics.map((metric) => (
              <Table.Th key={metric} colSpan={2} ta="center">
                <Tooltip
                  label={t(`terms.metric.${metric}Help`)}
                  multiline
                  maw={300}
                  events={{ hover: true, focus: true, touch: true }}
                >
                  <span tabIndex={0}>
                    {withUnit(
                      t(`terms.metric.${metric}`),
                      metric === 'r2' ? 'unknown' : result.target.unit,
                      words,
                    )}
                  </span>
                </Tooltip>
              </Table.Th>
            ))}
            <Table.Th rowSpan={2} ta="right">
              <Tooltip
                label={t('evaluation.models.toBestHelp')}
                multiline
                maw={300}
                events={{ hover: true, focus: true, touch: true }}
              >
                <span tabIndex={0}>{withUnit(t('evaluation.models.toBest'), result.target.unit, words)}</span>
              </Tooltip>
            </Table.Th>
          </Table.Tr>
          <Table.Tr>
            {metrics.flatMap((metric) =>
              scopes.map((scope) => (
                <Table.Th key={metric + scope} ta="right" fw={500}>
                  {t(`evaluation.models.${scope}`)}
                </Table.Th>
              )),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ranked.map((model) => (
            <ModelRow key={model.name} model={model} all={ranked} result={result} />
          ))}
        </Table.Tbody>
      </WideTable>
      <Stopped result={result} />
    </Panel>
  );
}

/** Who was not compared to the end: their scores may not stand in the columns. */
function Stopped({ result }: { readonly result: TrainingResult }) {
  const sentence = tellStopped(result, useWords());
  return sentence === null ? null : (
    <Text size="sm" c="dimmed" mt="xs">
      {sentence}
    </Text>
  );
}

function ModelRow({
  model,
  all,
  result,
}: {
  readonly model: ModelScore;
  readonly all: readonly ModelScore[];
  readonly result: TrainingResult;
}) {
  const { t, format } = useWords();
  const isChosen = model.name === result.chosen;
  const nCompared = Math.max(0, ...all.map(({ toBest }) => toBest?.nSamples ?? 0));
  return (
    <Table.Tr fw={isChosen ? 650 : 400}>
      <Table.Td>
        <ModelLabel model={model} isChosen={isChosen} />
      </Table.Td>
      {metrics.flatMap((metric) =>
        scopes.map((scope) => {
          const isBest = isBestOf(model, all, metric, scope);
          const spread =
            metric === 'mae' && scope === 'cv'
              ? `± ${format.fixed(model.cv.sd, 2)} (${t('evaluation.models.deviation')})`
              : undefined;
          return (
            <Table.Td key={metric + scope} ta="right" title={spread}>
              {isBest && (
                <Text
                  span
                  size="xs"
                  c="var(--mantine-color-anchor)"
                  mr={4}
                  aria-label={t('evaluation.models.best')}
                >
                  ★
                </Text>
              )}
              {format.fixed(model[scope][metric], 2)}
            </Table.Td>
          );
        }),
      )}
      <ToBest toBest={model.toBest} nCompared={nCompared} />
    </Table.Tr>
  );
}

/** How much more the model errs than the best one, on the same outages. */
function ToBest({
  toBest,
  nCompared,
}: {
  readonly toBest: ModelScore['toBest'];
  readonly nCompared: number;
}) {
  const words = useWords();
  const { t, format } = words;
  // No model has a gap: they were not kept.
  if (nCompared === 0) return <Table.Td ta="right">–</Table.Td>;
  // Where a model answers for some outages only, the gap is that on these.
  const isPart = toBest !== null && toBest.nSamples < nCompared;
  return (
    <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
      {toBest === null
        ? t('evaluation.models.isBest')
        : `${writeSigned(toBest.value, format)} ${writeRange(toBest, words)}`}
      {isPart && (
        <Text size="xs" c="dimmed">
          {`n = ${format.number(toBest?.nSamples ?? 0)}`}
        </Text>
      )}
    </Table.Td>
  );
}

function isBestOf(
  model: ModelScore,
  all: readonly ModelScore[],
  metric: (typeof metrics)[number],
  scope: (typeof scopes)[number],
): boolean {
  const values = all.map((other) => other[scope][metric]);
  const best = metric === 'r2' ? Math.max(...values) : Math.min(...values);
  return model[scope][metric] === best;
}
