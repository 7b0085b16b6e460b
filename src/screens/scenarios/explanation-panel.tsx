import { Box, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useWords } from '#language/use-words.ts';
import type { ModelOnShow, Scenario } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { viewInterval } from '#report/interval-sentences.ts';
import { Panel } from '#ui/panel.tsx';
import { findHeadline } from '#inference/headline.ts';
import { DurationCurveChart } from './duration-curve-chart.tsx';
import { choosePast, findAnnounced } from './duration-curve.view.ts';
import { RemainingChart } from './remaining-chart.tsx';
import { SimilarOutages } from './similar-outages.tsx';
import { WhyChart } from '../why-chart.tsx';

/** The explanation follows once the case has rested this long: a slider passes through many cases. */
const REST_MS = 250;

/** Why this answer: its steps, its S-curve and the outages most like it. Those of the last case stay, pale, until the next. */
export function ExplanationPanel({
  model,
  scenario,
}: {
  readonly model: ModelOnShow;
  readonly scenario: Scenario;
}) {
  const words = useWords();
  const { t } = words;
  const found = useAppStore((state) => state.caseExplanation);
  const dataset = useAppStore((state) => state.dataset?.id ?? null);
  const target = useAppStore((state) => state.targetDuration);
  const explainScenario = useAppStore((state) => state.explainScenario);
  const { cells } = scenario;
  useEffect(() => {
    const timer = setTimeout(() => void explainScenario(cells), REST_MS);
    return () => clearTimeout(timer);
  }, [cells, explainScenario]);

  if (!found) return null;
  const { explanation, similar } = found;
  if (explanation === null) {
    return (
      <Panel>
        <Text size="sm" c="dimmed">
          {t('scenarios.why.none')}
        </Text>
      </Panel>
    );
  }
  const isCurrent = found.cells === cells && scenario.prediction !== null;
  const { waterfall } = explanation;
  const isUnseen = isCurrent && scenario.prediction?.isUnseen === true;
  const curve = isUnseen ? scenario.unseenCurve : explanation.curve;
  const { unit } = model.summary.target;
  const interval = scenario.prediction?.interval ?? null;
  const headline = isCurrent && scenario.prediction ? findHeadline(scenario.prediction) : null;
  const remaining = isCurrent ? scenario.prediction?.remaining : undefined;
  // Steps that lead to a duration would announce it.
  const isRefused = headline?.kind === 'refused';
  return (
    <Box aria-busy={!isCurrent} style={{ opacity: isCurrent ? 1 : 0.55 }} data-testid="explanation">
      <Stack gap="md">
        {isRefused || waterfall === null ? (
          <Panel heading={t('scenarios.why.title')}>
            <Text size="sm" c="dimmed">
              {t(isRefused ? 'scenarios.refused.why' : 'scenarios.open.noReasons')}
            </Text>
          </Panel>
        ) : (
          <>
            {isUnseen && (
              <Text size="sm" c="dimmed">
                {t('scenarios.learnt.why')}
              </Text>
            )}
            <WhyChart
              model={model}
              waterfall={waterfall}
              isEstimated={explanation.isEstimated}
              cells={found.cells}
              // The reasons are of the model that has learnt the outage: they do not lead to the answer of one that has not.
              answer={isUnseen ? waterfall.prediction : (headline?.value ?? waterfall.prediction)}
            />
          </>
        )}
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <SimilarOutages similar={similar} hasData={dataset !== null} unit={unit} />
          {curve && (
            <DurationCurveChart
              curve={curve}
              basis={interval && viewInterval(interval, unit, words).basis}
              unit={unit}
              target={target}
              past={choosePast(scenario.prediction?.past ?? [])}
              // Of the case that the curve is of: a plan just typed has no chances yet.
              announced={findAnnounced(model.summary.features, {
                cells: found.cells,
                origin: scenario.origin,
              })}
            />
          )}
          {remaining && remaining.curve.length > 1 && <RemainingChart remaining={remaining} unit={unit} />}
        </SimpleGrid>
      </Stack>
    </Box>
  );
}
