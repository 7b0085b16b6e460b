import { Box, SegmentedControl, Slider, Text } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';

/** How the outages that judge the model are chosen; the analyst has more ways (`split-settings.tsx`). */
export function SplitChoice({ canSplitByTime }: { readonly canSplitByTime: boolean }) {
  const { t, format, pair } = useWords();
  const split = useAppStore((state) => state.settings.split);
  const setSettings = useAppStore((state) => state.setSettings);
  const headingId = useId();
  const fractionId = useId();
  if (split.kind === 'rows') return null;
  return (
    <Box>
      <Text size="sm" fw={600} id={headingId} mb={4}>
        {t('model.split.heading')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={headingId}
        value={split.kind}
        onChange={(kind) =>
          setSettings({ split: { kind: kind === 'time' ? 'time' : 'random', testShare: split.testShare } })
        }
        data={[
          { value: 'random', label: t('model.split.random') },
          { value: 'time', label: t('model.split.time'), disabled: !canSplitByTime },
        ]}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t(`model.split.help.${split.kind}`)}
        {!canSplitByTime && ` ${t('model.split.timeUnavailable')}`}
      </Text>
      <Text size="xs" mt="sm" id={fractionId}>
        {pair(t('model.split.testFraction'), format.percent(split.testShare))}
      </Text>
      <Slider
        size="sm"
        thumbLabel={t('model.split.testFraction')}
        label={null}
        min={0.1}
        max={0.5}
        step={0.05}
        value={split.testShare}
        onChange={(testShare) => setSettings({ split: { ...split, testShare } })}
      />
    </Box>
  );
}
