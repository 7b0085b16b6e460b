import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { EffectChart } from './effect-chart.tsx';
import { contributionScale } from './explanation.view.ts';

/** The most important columns are drawn at once: the common scale is theirs. */
const N_AT_ONCE = 6;

/** Partial dependence on a column of the reader's choice, drawn on demand. */
export function EffectPanel({ result }: { readonly result: TrainingResult }) {
  const { t } = useWords();
  const explanation = useAppStore((state) => state.explanation);
  const modelId = useAppStore((state) => state.model?.id);
  const canAsk = useAppStore(({ dataset, work }) => dataset !== null && work === null);
  const measureEffects = useAppStore((state) => state.measureEffects);
  const effects = explanation?.modelId === modelId ? (explanation?.effects ?? []) : [];
  const ranked = result.importance.columns
    .map(({ column }) => column)
    .filter((name) => result.inputs.includes(name));
  const columns = [...ranked, ...result.inputs.filter((name) => !ranked.includes(name))];
  const [column, setColumn] = useState(columns[0] ?? '');
  if (columns.length === 0) return null;
  const effect = effects.find((each) => each.column === column);
  const missing = [...new Set([column, ...columns.slice(0, N_AT_ONCE)])].filter(
    (name) => !effects.some((each) => each.column === name),
  );
  return (
    <Stack gap="xs">
      <Panel heading={t('evaluation.effect.title')} className="no-print">
        <Group align="flex-end" gap="sm">
          <NativeSelect
            size="sm"
            label={t('evaluation.importance.column')}
            value={column}
            data={columns}
            onChange={(event) => setColumn(event.currentTarget.value)}
          />
          {!effect && (
            <Button variant="light" disabled={!canAsk} onClick={() => void measureEffects(missing)}>
              {t('evaluation.effect.action')}
            </Button>
          )}
        </Group>
        <Text size="sm" c="dimmed" mt="xs">
          {t('evaluation.effect.lead')}
        </Text>
      </Panel>
      {effect && <EffectChart effect={effect} scale={contributionScale(effects)} unit={result.target.unit} />}
    </Stack>
  );
}
