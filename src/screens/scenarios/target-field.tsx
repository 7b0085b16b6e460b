import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ProbabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import { useWords } from '#language/use-words.ts';
import { tellTarget } from '#report/interval-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { withUnit } from '#report/with-unit.ts';
import { readTarget, tellBoth, tellTargetProblem, type TargetLimits } from './target.view.ts';

export interface TargetFieldProps {
  readonly limits: TargetLimits;
  readonly probability: ProbabilityAtMost | null;
  /** Why no probability can be claimed for the case; null where one can. */
  readonly refusal: 'refused' | 'refusedUnlike' | 'refusedBeyond' | null;
}

/** A duration to meet, or the day to be over by, and how likely that is. */
export function TargetField({ limits, probability, refusal }: TargetFieldProps) {
  const words = useWords();
  const { t, format } = words;
  const { unit } = limits;
  const target = useAppStore((state) => state.targetDuration);
  const setTarget = useAppStore((state) => state.setTargetDuration);
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: number | null } | null>(null);
  // A target that came from elsewhere has the last word.
  const kept = target === null ? '' : format.number(target, 2);
  const text = draft !== null && draft.of === target ? draft.text : kept;
  const reading = readTarget(text, limits);
  const problem = tellTargetProblem(reading, limits, words);
  const isAnswered = target !== null && probability !== null && problem === null;
  return (
    <div>
      <TextInput
        size="sm"
        label={withUnit(t('scenarios.target.label'), unit, words)}
        placeholder={t('scenarios.target.placeholder')}
        value={text}
        error={problem ?? undefined}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          const next = readTarget(typed, limits);
          const duration = next.kind === 'duration' ? next.duration : null;
          setDraft({ text: typed, of: duration });
          if (duration !== target) setTarget(duration);
        }}
      />
      <Text size="sm" mt={4} aria-live="polite" data-testid="probability">
        {refusal !== null
          ? t(`scenarios.target.${refusal}`)
          : isAnswered
            ? tellTarget(probability, target, unit, words)
            : problem === null && t('scenarios.target.hint')}
      </Text>
      {target !== null && problem === null && (
        <Text size="xs" c="dimmed" data-testid="target-both">
          {tellBoth(target, limits, words)}
        </Text>
      )}
    </div>
  );
}
