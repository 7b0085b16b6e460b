import { Box, Group, Input, Slider, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { NumberBox } from './number-box.tsx';
import classes from './number-slider.module.css';
import { useId, type ReactNode } from 'react';

export interface NumberSliderProps {
  readonly label: ReactNode;
  /** For the slider, which has no visible label of its own. */
  readonly name: string;
  readonly value: number | null;
  /** Range of the slider; the box takes any number. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** That may be typed. */
  readonly decimals: number;
  /** False for years and codes, which take no thousands separator. */
  readonly isGrouped: boolean;
  readonly hint: string;
  /** The hint is a warning: the value lies outside what is known. */
  readonly isWarning?: boolean;
  readonly placeholder?: string;
  readonly onChange: (value: number | null) => void;
}

/** A number box and a slider bound together. An empty box is null. */
export function NumberSlider(props: NumberSliderProps) {
  const {
    label,
    name,
    value,
    min,
    max,
    step,
    decimals,
    isGrouped,
    hint,
    isWarning = false,
    placeholder,
    onChange,
  } = props;
  const { language } = useWords();
  const inputId = useId();
  const hintId = useId();
  return (
    <Box>
      <Input.Label htmlFor={inputId}>{label}</Input.Label>
      <Group gap="sm" wrap="nowrap" align="center">
        <Slider
          flex={1}
          size="sm"
          thumbSize={16}
          label={null}
          thumbLabel={name}
          thumbProps={{ 'aria-describedby': hintId }}
          min={min}
          max={max}
          step={step}
          value={Math.min(max, Math.max(min, value ?? (min + max) / 2))}
          onChange={onChange}
          classNames={{ root: value === null ? (classes['unset'] ?? '') : '' }}
        />
        <NumberBox
          id={inputId}
          w={{ base: 92, lg: 108 }}
          size="sm"
          aria-describedby={hintId}
          value={value}
          placeholder={placeholder ?? ''}
          step={step}
          decimalScale={decimals}
          thousandSeparator={isGrouped ? (language === 'fr' ? '\u202f' : ',') : ''}
          onChange={onChange}
          data-warning={isWarning || undefined}
          classNames={{ input: classes['input'] ?? '' }}
        />
      </Group>
      <Text
        id={hintId}
        size="xs"
        c={isWarning ? 'var(--app-warning-text)' : 'dimmed'}
        fw={isWarning ? 600 : 400}
      >
        {hint}
      </Text>
    </Box>
  );
}
