import { isTimeUnit, timeUnits } from '#data/time-units.ts';
import { Alert, Box, Button, Group, NativeSelect, Skeleton, Text } from '@mantine/core';
import type { Preparation, TargetSummary } from '#jobs/dataset/contract.ts';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { tellUnderWay } from '#report/preparation-sentences.ts';
import { quoteName } from '#report/recipe-sentences.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { MiniHistogram } from '#ui/mini-histogram.tsx';
import { Panel } from '#ui/panel.tsx';

/** What the model will learn, from which outages, and why others are set aside. */
export function TargetPanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const { preparation } = dataset;
  return (
    <Panel heading={t('data.target.heading')} aside={<UnitChoice dataset={dataset} />}>
      {preparation ? <Prepared preparation={preparation} dataset={dataset} /> : <Skeleton h={48} />}
    </Panel>
  );
}

function Prepared({
  preparation,
  dataset,
}: {
  readonly preparation: Preparation;
  readonly dataset: DatasetState;
}) {
  const { t } = useWords();
  const { target, problem } = preparation;
  const words = problem && describeError(t, problem.code, problem.details);
  return (
    <>
      {target && <Target target={target} preparation={preparation} dataset={dataset} />}
      {words && (
        <Alert color="amber" icon={<Icon name="warning" />} title={words.what} mt={target ? 'sm' : 0}>
          {words.todo}
        </Alert>
      )}
    </>
  );
}

function Target({
  target,
  preparation,
  dataset,
}: {
  readonly target: TargetSummary;
  readonly preparation: Preparation;
  readonly dataset: DatasetState;
}) {
  const words = useWords();
  const { t, format, pair, count } = words;
  const column = dataset.summary.columns.find(({ name }) => name === target.name);
  const nSetAside = preparation.setAside.reduce((sum, { count }) => sum + count, 0);
  const explaining = new Set(preparation.features.map((feature) => feature.column)).size;
  return (
    <Group align="flex-start" gap="xl" wrap="nowrap">
      {column?.histogram && <MiniHistogram counts={column.histogram.counts} width={150} height={48} />}
      <Box>
        <Text fw={650}>
          {target.name}
          {!column && (
            <Text span c="dimmed" fw={400} size="sm">
              {' '}
              ({t('data.target.derived')})
            </Text>
          )}
        </Text>
        <Text size="sm">
          {t('data.target.summary', {
            median: format.duration(target.median, target.unit),
            low: format.number(target.p5, 1),
            high: format.duration(target.p95, target.unit),
          })}
        </Text>
        <Text size="sm" c="dimmed">
          {count('data.target.kept', preparation.nKept)}
          {' · '}
          {count('data.target.setAside', nSetAside)}
          {' · '}
          {count('data.target.features', explaining)}
          {target.nNotPositive > 0 && ` · ${count('data.target.notPositive', target.nNotPositive)}`}
        </Text>
        <OtherTargets dataset={dataset} />
        {preparation.underWay && (
          <Text size="xs" c="dimmed">
            {tellUnderWay(preparation.underWay, words)}
          </Text>
        )}
        {preparation.setAside.map(({ reason, count, rows }) => (
          <Text key={reason} size="xs" c="dimmed">
            {pair(t(`data.setAside.${reason}`), format.number(count))} (
            {t(count === 1 ? 'data.target.rowLike' : 'data.target.rowsLike', {
              rows: `${rows
                .slice(0, 5)
                .map((row) => format.plain(row + 1))
                .join(', ')}${count > 5 ? '…' : ''}`,
            })}
            )
          </Text>
        ))}
      </Box>
    </Group>
  );
}

/** What else may be the duration, one click each. */
function OtherTargets({ dataset }: { readonly dataset: DatasetState }) {
  const words = useWords();
  const { t } = words;
  const setRole = useAppStore((state) => state.setRole);
  const finding = dataset.findings?.find(({ code }) => code === 'several-targets');
  return finding?.columns.slice(1).map((column) => (
    <Group key={column} gap="sm" mt={4}>
      <Text size="sm" c="var(--app-warning-text)">
        {t('data.target.other', { column: quoteName(column, words) })}
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => void setRole(column, 'target')}>
        {t('data.target.choose')}
      </Button>
    </Group>
  ));
}

/** Asked where neither the column's name nor the dates tell, where the duration is derived, or where it was said. */
function UnitChoice({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const setUnit = useAppStore((state) => state.setUnit);
  const target = dataset.preparation?.target;
  const isDerived = target && !dataset.summary.columns.some(({ name }) => name === target.name);
  if (dataset.unit === null && target?.unit !== 'unknown' && !isDerived) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={t('data.target.unit')}
      value={dataset.unit ?? (isDerived ? target.unit : '')}
      onChange={(event) => {
        const { value } = event.currentTarget;
        void setUnit(isTimeUnit(value) ? value : null);
      }}
      data={[
        ...timeUnits.map((unit) => ({ value: unit, label: t(`common.unit.${unit}`) })),
        ...(isDerived ? [] : [{ value: '', label: t('data.target.unitAuto') }]),
      ]}
    />
  );
}
