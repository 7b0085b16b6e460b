import { Text } from '@mantine/core';
import type { ProbabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { tellTarget } from '#report/interval-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { NumberBox } from '#ui/number-box.tsx';
import { withUnit } from '#report/with-unit.ts';

export interface TargetFieldProps {
  readonly unit: DurationUnitName;
  readonly probability: ProbabilityAtMost | null;
  /** No probability can be claimed for the case. */
  readonly isRefused: boolean;
}

/** A duration to meet, and how likely that is. */
export function TargetField({ unit, probability, isRefused }: TargetFieldProps) {
  const words = useWords();
  const { t } = words;
  const target = useAppStore((state) => state.targetDuration);
  const setTarget = useAppStore((state) => state.setTargetDuration);
  return (
    <div>
      <NumberBox
        size="sm"
        label={withUnit(t('scenarios.target.label'), unit, words)}
        value={target}
        min={0}
        hideControls
        onChange={setTarget}
      />
      <Text size="sm" mt={4} aria-live="polite" data-testid="probability">
        {isRefused
          ? t('scenarios.target.refused')
          : target !== null && probability
            ? tellTarget(probability, target, unit, words)
            : t('scenarios.target.hint')}
      </Text>
    </div>
  );
}
