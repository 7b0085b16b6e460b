import { Text } from '@mantine/core';
import { findJoinStep } from '#data/recipe/join-step.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import { useWords } from '#language/use-words.ts';
import { tellHorizonReason } from '#report/basis-sentences.ts';
import { tellFactorsWhenPlanning } from '#report/factor-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { SegmentedField } from '#ui/segmented-field.tsx';
import { DefaultNote } from './default-note.tsx';
import type { BasisView } from './model.view.ts';

/** What the model may rest on: all that is known when the outage begins, or what is known when it is planned. */
export function HorizonChoice({
  preparation,
  basis,
}: {
  readonly preparation: Preparation | null;
  readonly basis: BasisView;
}) {
  const words = useWords();
  const { t, format, count } = words;
  const setSettings = useAppStore((state) => state.setSettings);
  const recipe = useAppStore((state) => state.dataset?.recipe.present);
  const join = (recipe && findJoinStep(recipe)) ?? null;
  const planning = preparation?.planning ?? null;
  const isPlanned = basis.horizon === 'plan' && planning !== null;
  return (
    <SegmentedField
      heading={t('model.horizon.heading')}
      value={basis.horizon}
      onChange={(kind) =>
        setSettings({ horizon: kind === 'plan' ? { kind, leadDays: null } : { kind: 'start' } })
      }
      data={[
        { value: 'plan', label: t('model.horizon.plan'), disabled: planning === null },
        { value: 'start', label: t('model.horizon.start') },
      ]}
      help={
        planning === null
          ? t('model.horizon.unavailable')
          : isPlanned
            ? t('model.horizon.help.plan', { lead: format.duration(planning.leadDays, 'day') })
            : t('model.horizon.help.start')
      }
    >
      {isPlanned && planning.knownLater.length > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('model.horizon.leftOut', {
            count: planning.knownLater.length,
            columns: count('common.columns', planning.knownLater.length),
            names: planning.knownLater.join(', '),
          })}
        </Text>
      )}
      {isPlanned && join !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {tellFactorsWhenPlanning(join.plan, words)}
        </Text>
      )}
      {preparation !== null && planning !== null && (
        <DefaultNote
          reason={tellHorizonReason(preparation.defaults.horizon.reason, words)}
          isLeft={basis.isHorizonLeft}
          onLeave={() => setSettings({ horizon: { kind: 'auto' } })}
        />
      )}
    </SegmentedField>
  );
}
