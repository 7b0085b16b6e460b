import { Box, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { CellValue } from '#data/cell.ts';
import type { CategoryFormFeature, DateFormFeature, NumberFormFeature } from '#inference/contract.ts';
import { useWords } from '#language/use-words.ts';
import type { Words } from '#language/words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { DateBox } from '#ui/date-box.tsx';
import { NumberSlider } from '#ui/number-slider.tsx';
import { countDecimals, MIN_TYPED_DECIMALS, sliderStep } from '#inference/number-step.ts';
import { isYear } from '#report/cell-text.ts';
import { readDate } from '../read-date.ts';
import {
  describeContradiction,
  describeDate,
  describeNumber,
  hasHours,
  writeFieldCell,
  type FieldView,
} from './scenarios.view.ts';

export interface CaseFieldProps {
  readonly field: FieldView;
  readonly value: CellValue;
  /** Told whenever what stands in the field begins or ceases to be readable. */
  readonly onReadable: (isReadable: boolean) => void;
}

/** One question of the form, bound to one feature of the model. */
export function CaseField({ field, value, onReadable }: CaseFieldProps) {
  const contradiction = describeContradiction(field, useWords());
  const [isUnlocked, setIsUnlocked] = useState(false);
  if (field.follows !== null && !isUnlocked) {
    return <FollowerField field={field} value={value} onUnlock={() => setIsUnlocked(true)} />;
  }
  return (
    <Box>
      <CellBox field={field} value={value} onReadable={onReadable} />
      {contradiction !== null && (
        <Text size="xs" fw={600} c="var(--app-warning-text)">
          {contradiction}
        </Text>
      )}
    </Box>
  );
}

/** What follows from another field is shown, not asked; a person may take it in hand. */
function FollowerField({
  field,
  value,
  onUnlock,
}: Pick<CaseFieldProps, 'field' | 'value'> & { readonly onUnlock: () => void }) {
  const { t, format } = useWords();
  const { feature } = field;
  const hintId = useId();
  return (
    <Box>
      <TextInput
        size="sm"
        variant="filled"
        readOnly
        label={<FieldLabel field={field} />}
        value={writeFieldCell(feature, value, format)}
        aria-describedby={hintId}
      />
      <Group gap={6} justify="space-between" wrap="nowrap">
        <Text id={hintId} size="xs" c="dimmed">
          {tellSource(field, t)}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ flexShrink: 0 }}
          aria-label={t('scenarios.unlockField', { column: feature.name })}
          onClick={onUnlock}
        >
          {t('scenarios.unlock')}
        </Button>
      </Group>
    </Box>
  );
}

function tellSource({ follows, joined }: FieldView, t: Words['t']): string {
  if (joined)
    return t(joined.isUsual ? 'scenarios.joined.usual' : 'scenarios.joined.read', { file: joined.file });
  return t('scenarios.follows', { leaders: (follows ?? []).join(', ') });
}

function CellBox({ field, value, onReadable }: CaseFieldProps) {
  const { feature } = field;
  if (feature.type === 'date') {
    return (
      <DateField
        field={field}
        feature={feature}
        value={typeof value === 'number' ? value : null}
        onReadable={onReadable}
      />
    );
  }
  return feature.type === 'number' ? (
    <NumberField field={field} feature={feature} value={typeof value === 'number' ? value : null} />
  ) : (
    <CategoryField field={field} feature={feature} value={value === null ? null : String(value)} />
  );
}

function FieldLabel({ field }: { readonly field: FieldView }) {
  const { t } = useWords();
  return (
    <>
      {field.feature.name}
      {field.isChanged && (
        <Text span size="xs" c="var(--mantine-color-anchor)" fw={600}>
          {' '}
          ● {t('scenarios.changed')}
        </Text>
      )}
    </>
  );
}

interface FieldProps<Feature, Value> {
  readonly field: FieldView;
  readonly feature: Feature;
  readonly value: Value | null;
}

function NumberField({ field, feature, value }: FieldProps<NumberFormFeature, number>) {
  const words = useWords();
  const setCell = useAppStore((state) => state.setCell);
  const step = sliderStep(feature);
  const { text, isWarning } = describeNumber(feature, field.note, words);
  return (
    <NumberSlider
      label={<FieldLabel field={field} />}
      name={feature.name}
      value={value}
      min={feature.min}
      max={feature.max > feature.min ? feature.max : feature.min + 1}
      step={step}
      decimals={Math.max(countDecimals(feature), MIN_TYPED_DECIMALS)}
      isGrouped={!isYear(feature)}
      hint={text}
      isWarning={isWarning}
      placeholder={words.t('scenarios.unknown')}
      onChange={(next) => setCell(field.index, next)}
    />
  );
}

function DateField({
  field,
  feature,
  value,
  onReadable,
}: FieldProps<DateFormFeature, number> & Pick<CaseFieldProps, 'onReadable'>) {
  const words = useWords();
  const { t, format } = words;
  const setCell = useAppStore((state) => state.setCell);
  const withHours = hasHours(feature);
  const { text, isWarning } = describeDate(feature, value, field.note, words);
  return (
    <Box>
      <DateBox
        size="sm"
        label={<FieldLabel field={field} />}
        placeholder={t(withHours ? 'scenarios.date.patternWithHours' : 'scenarios.date.pattern')}
        unreadable={t('scenarios.date.unreadable', { example: format.date(feature.max, withHours) })}
        value={value}
        write={(instant) => format.date(instant, withHours)}
        read={readDate}
        onReadable={onReadable}
        onChange={(next) => setCell(field.index, next)}
      />
      <Text size="xs" {...(isWarning ? { fw: 600, c: 'var(--app-warning-text)' } : { c: 'dimmed' })}>
        {text}
      </Text>
    </Box>
  );
}

const UNKNOWN = '\u0000';

function CategoryField({ field, feature, value }: FieldProps<CategoryFormFeature, string>) {
  const { t } = useWords();
  const setCell = useAppStore((state) => state.setCell);
  const isUnknown = value !== null && field.note === 'unknown-category';
  const labels = isUnknown ? [value, ...feature.categories] : feature.categories;
  return (
    <Box>
      <Select
        size="sm"
        label={<FieldLabel field={field} />}
        value={value ?? UNKNOWN}
        data={[
          ...labels.map((label) => ({ value: label, label: label === '' ? '–' : label })),
          { value: UNKNOWN, label: t('scenarios.unknown') },
        ]}
        searchable={labels.length > 8}
        limit={200}
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
        onChange={(next) => setCell(field.index, next === UNKNOWN ? null : next)}
      />
      {isUnknown && (
        <Text size="xs" fw={600} c="var(--app-warning-text)">
          {t('scenarios.unknownCategory')}
        </Text>
      )}
    </Box>
  );
}
