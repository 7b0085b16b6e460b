import { Button, Group, Stack } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { PlanningSettings } from '#planning/contract.ts';
import { withUnit } from '#report/with-unit.ts';
import { DateBox } from '#ui/date-box.tsx';
import { NumberBox } from '#ui/number-box.tsx';
import { Panel } from '#ui/panel.tsx';
import { SegmentedField } from '#ui/segmented-field.tsx';
import { readDate } from '../read-date.ts';

export interface GoalPanelProps {
  readonly settings: PlanningSettings;
  /** An end can be told from a start. */
  readonly hasStart: boolean;
  readonly unit: DurationUnitName;
  readonly isBusy: boolean;
  readonly onChange: (changes: Partial<PlanningSettings>) => void;
  /** The day to be over by; null: a duration is kept instead. */
  readonly onEnd: (end: number | null) => void;
  readonly onAsk: () => void;
}

/** What is to be made small, or kept. */
export function GoalPanel({ settings, hasStart, unit, isBusy, onChange, onEnd, onAsk }: GoalPanelProps) {
  const words = useWords();
  const { t, format } = words;
  const { objective, isTarget, atMost, end, timeCost, least, costLevel, levers } = settings;
  const goal = isTarget ? 'target' : objective;
  const isAskable =
    levers.some(({ frozen }) => frozen !== true) && (!isTarget || atMost !== null || end !== undefined);
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
              disabled={end !== undefined}
              value={atMost}
              onChange={(value) => onChange({ atMost: value })}
            />
            {hasStart && unit !== 'unknown' && (
              <DateBox
                size="sm"
                label={t('optimise.goal.end')}
                description={t('optimise.goal.endHelp')}
                value={end ?? null}
                write={(instant) => format.date(instant)}
                read={readDate}
                unreadable={t('optimise.lever.noDate')}
                onChange={onEnd}
              />
            )}
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
