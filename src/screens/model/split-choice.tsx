import { Slider, Text } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '#language/use-words.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import { tellSplitReason } from '#report/basis-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { SegmentedField } from '#ui/segmented-field.tsx';
import { DefaultNote } from './default-note.tsx';
import type { BasisView } from './model.view.ts';

/** How the outages that judge the model are chosen; the analyst has more ways (`split-settings.tsx`). */
export function SplitChoice({
  preparation,
  basis,
}: {
  readonly preparation: Preparation | null;
  readonly basis: BasisView;
}) {
  const words = useWords();
  const { t, format, pair } = words;
  const canSplitByTime = preparation?.canSplitByTime ?? false;
  const split = useAppStore((state) => state.settings.split);
  const setSettings = useAppStore((state) => state.setSettings);
  const fractionId = useId();
  if (split.kind === 'rows' || basis.split === 'rows') return null;
  const reason = canSplitByTime ? (basis.split === 'time' ? 'dated' : 'few-dates') : 'undated';
  return (
    <SegmentedField
      heading={t('model.split.heading')}
      value={basis.split}
      onChange={(kind) =>
        setSettings({ split: { kind: kind === 'time' ? 'time' : 'random', testShare: split.testShare } })
      }
      data={[
        { value: 'time', label: t('model.split.time'), disabled: !canSplitByTime },
        { value: 'random', label: t('model.split.random') },
      ]}
      help={t(`model.split.help.${basis.split}`)}
    >
      <DefaultNote
        reason={tellSplitReason(reason, words)}
        isLeft={basis.isSplitLeft}
        onLeave={() => setSettings({ split: { kind: 'auto', testShare: split.testShare } })}
      />
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
    </SegmentedField>
  );
}
