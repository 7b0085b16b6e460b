import { Box, SegmentedControl, Text } from '@mantine/core';
import { useId } from 'react';
import type { Preparation } from '#jobs/dataset/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';

/** What the model may rest on: all that is known when the outage begins, or what is known when it is planned. */
export function HorizonChoice({ planning }: Pick<Preparation, 'planning'>) {
  const { t, format, count } = useWords();
  const { horizon, split } = useAppStore((state) => state.settings);
  const setSettings = useAppStore((state) => state.setSettings);
  const headingId = useId();
  const testShare = split.kind === 'rows' ? 0.2 : split.testShare;
  const plan = () => {
    // What is asked ahead of time is judged on outages that came later.
    setSettings({ horizon: { kind: 'plan', leadDays: null }, split: { kind: 'time', testShare } });
  };
  return (
    <Box>
      <Text size="sm" fw={600} id={headingId} mb={4}>
        {t('model.horizon.heading')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={headingId}
        value={horizon.kind}
        onChange={(kind) => (kind === 'plan' ? plan() : setSettings({ horizon: { kind: 'start' } }))}
        data={[
          { value: 'plan', label: t('model.horizon.plan'), disabled: planning === null },
          { value: 'start', label: t('model.horizon.start') },
        ]}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {planning === null
          ? t('model.horizon.unavailable')
          : horizon.kind === 'start'
            ? t('model.horizon.help.start')
            : t('model.horizon.help.plan', { lead: format.duration(planning.leadDays, 'day') })}
      </Text>
      {horizon.kind === 'plan' && planning !== null && planning.knownLater.length > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('model.horizon.leftOut', {
            count: planning.knownLater.length,
            columns: count('common.columns', planning.knownLater.length),
            names: planning.knownLater.join(', '),
          })}
        </Text>
      )}
    </Box>
  );
}
