import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { TrainingResult } from '#jobs/training.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { EffectChart } from './effect-chart.tsx';

/** Partial dependence on a column of the reader's choice, drawn on demand. */
export function EffectPanel({ result }: { readonly result: TrainingResult }) {
  const { t } = useWords();
  const effect = useAppStore(({ insights, model }) =>
    insights !== null && insights.modelId === model?.id ? insights.effect : null,
  );
  const canAsk = useAppStore(({ dataset, work }) => dataset !== null && work === null);
  const measureEffect = useAppStore((state) => state.measureEffect);
  const askable = result.features.filter(({ type }) => type !== 'date').map(({ name }) => name);
  const ranked = result.importance.columns
    .map(({ column }) => column)
    .filter((name) => askable.includes(name));
  const columns = [...ranked, ...askable.filter((name) => !ranked.includes(name))];
  const [column, setColumn] = useState(columns[0] ?? '');
  if (columns.length === 0) return null;
  return (
    <Stack gap="xs">
      <Panel heading={t('evaluation.effect.title')}>
        <Group align="flex-end" gap="sm">
          <NativeSelect
            size="sm"
            label={t('evaluation.importance.column')}
            value={column}
            data={columns}
            onChange={(event) => setColumn(event.currentTarget.value)}
          />
          <Button variant="light" disabled={!canAsk} onClick={() => void measureEffect(column)}>
            {t('evaluation.effect.action')}
          </Button>
        </Group>
        {!effect && (
          <Text size="sm" c="dimmed" mt="xs">
            {t('evaluation.effect.lead')}
          </Text>
        )}
      </Panel>
      {effect && <EffectChart effect={effect} unit={result.target.unit} />}
    </Stack>
  );
}
