import { Button, Group, Stack } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { PlanningSettings } from '#planning/contract.ts';
import { withUnit } from '#report/with-unit.ts';
import { NumberBox } from '#ui/number-box.tsx';
import { Panel } from '#ui/panel.tsx';
import { SegmentedField } from '#ui/segmented-field.tsx';

export interface GoalPanelProps {
  readonly settings: PlanningSettings;
  readonly unit: DurationUnitName;
  readonly isBusy: boolean;
  readonly onChange: (changes: Partial<PlanningSettings>) => void;
  readonly onAsk: () => void;
}

/** What is to be made small, or kept. */
export function GoalPanel({ settings, unit, isBusy, onChange, onAsk }: GoalPanelProps) {
  const words = useWords();
  const { t } = words;
  const { objective, isTarget, atMost, timeCost, least, costLevel, levers } = settings;
  const goal = isTarget ? 'target' : objective;
  const isAskable = levers.some(({ frozen }) => frozen !== true) && (!isTarget || atMost !== null);
  return (
    <Panel heading={t('optimise.goal.heading')}>
      <Stack gap="md">
        <SegmentedField
          heading={t('optimise.goal.what')}
          help={t(`optimise.goal.help.${goal}`)}
          value={goal}
          data={(['p80', 'p50', 'cost', 'target'] as const).map((value) => ({
            value,
            label: t(`optimise.goal.${value}`),
          }))}
          onChange={(value) =>
            onChange(value === 'target' ? { isTarget: true } : { isTarget: false, objective: value })
          }
        />
        {isTarget && (
          <>
            <NumberBox
              size="sm"
              min={0}
              label={withUnit(t('optimise.goal.atMost'), unit, words)}
              value={atMost}
              onChange={(value) => onChange({ atMost: value })}
            />
            <SegmentedField
              heading={t('optimise.goal.least')}
              help={t(`optimise.goal.help.${least === 'cost' ? 'least_cost' : least}`)}
              value={least}
              data={(['change', 'cost'] as const).map((value) => ({
                value,
                label: t(`optimise.goal.least_${value}`),
              }))}
              onChange={(value) => onChange({ least: value })}
            />
          </>
        )}
        <NumberBox
          size="sm"
          min={0}
          label={t('optimise.goal.timeCost')}
          description={t('optimise.goal.timeCostHelp')}
          value={timeCost}
          onChange={(value) => onChange({ timeCost: Math.max(0, value ?? 0) })}
        />
        {goal === 'cost' && (
          <SegmentedField
            heading={t('optimise.goal.costLevel')}
            help={t('optimise.goal.costLevelHelp')}
            value={costLevel}
            data={(['p50', 'p80'] as const).map((value) => ({ value, label: t(`optimise.level.${value}`) }))}
            onChange={(value) => onChange({ costLevel: value })}
          />
        )}
        <Group>
          <Button onClick={onAsk} disabled={!isAskable} loading={isBusy}>
            {t('optimise.ask')}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
