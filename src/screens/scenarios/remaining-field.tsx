import { Box, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RemainingAnswer } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { tellRemaining } from '#report/remaining-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { listRemainingLevels, readElapsed, tellToCome } from './remaining.view.ts';

export interface RemainingFieldProps {
  /** Absent while it is not asked, or not answered yet. */
  readonly remaining: RemainingAnswer | undefined;
  readonly start: number | null;
  readonly unit: DurationUnitName;
}

/** What the outage has lasted already, and how much longer it takes then. */
export function RemainingField({ remaining, start, unit }: RemainingFieldProps) {
  const words = useWords();
  const { t, format } = words;
  const elapsed = useAppStore((state) => state.elapsed);
  const setElapsed = useAppStore((state) => state.setElapsed);
  const [now] = useState(() => Date.now());
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: number | null } | null>(null);
  // A time that came from elsewhere has the last word.
  const kept = elapsed === null ? '' : format.number(elapsed, 2);
  const text = draft !== null && draft.of === elapsed ? draft.text : kept;
  const isUnreadable = readElapsed(text) === 'unreadable';
  const told = elapsed !== null && remaining && !isUnreadable ? tellRemaining(remaining, unit, words) : null;
  const levels = told && remaining ? listRemainingLevels(remaining, start, unit, words) : [];
  const toCome = levels.length > 0 && elapsed !== null ? tellToCome(elapsed, start, now, unit, words) : null;
  return (
    <Box data-testid="remaining">
      <TextInput
        size="sm"
        label={`${t('scenarios.remaining.heading')} ${withUnit(t('scenarios.remaining.label'), unit, words)}`}
        placeholder={t('scenarios.remaining.placeholder')}
        value={text}
        error={isUnreadable ? t('scenarios.remaining.unreadable') : undefined}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          const next = readElapsed(typed);
          const lasted = next === 'unreadable' ? null : next;
          setDraft({ text: typed, of: lasted });
          if (lasted !== elapsed) setElapsed(lasted);
        }}
      />
      <Text size="sm" mt={4} fw={told ? 600 : 400} aria-live="polite">
        {told ? told.sentence : !isUnreadable && t('scenarios.remaining.hint')}
      </Text>
      {levels.length > 0 && (
        <SimpleGrid cols={levels.length} spacing={4} mt={4}>
          {levels.map(({ level, left, end }) => (
            <Box key={level}>
              <Text size="xs" c="dimmed">
                {level} · {t('scenarios.remaining.left')}
              </Text>
              <Text size="xs">{left}</Text>
              {end !== null && (
                <Text size="xs" c="dimmed">
                  {end}
                </Text>
              )}
            </Box>
          ))}
        </SimpleGrid>
      )}
      {toCome !== null && (
        <Text size="xs" c="var(--app-warning-text)" mt={4}>
          {toCome}
        </Text>
      )}
      {told?.basis && (
        <Text size="xs" c="dimmed" mt={4}>
          {told.basis}
        </Text>
      )}
    </Box>
  );
}
