import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';

export interface NumberBoxProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  /** Null shows an empty box. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** A box for a number, read while it is typed, with a comma or a point for its decimals. An empty box is null. */
export function NumberBox({ value, onChange, ...input }: NumberBoxProps) {
  const { language } = useWords();
  const [draft, setDraft] = useState<string | number>('');
  return (
    <NumberInput
      {...input}
      value={readDraft(draft) === value ? draft : (value ?? '')}
      decimalSeparator={language === 'fr' ? ',' : '.'}
      allowedDecimalSeparators={['.', ',']}
      onChange={(next) => {
        setDraft(next);
        onChange(readDraft(next));
      }}
    />
  );
}

/** The number a text on its way stands for: "12." is 12, and must stay on screen as it is, or its mark is lost. */
function readDraft(draft: string | number): number | null {
  if (draft === '') return null;
  const number = Number(draft);
  return Number.isFinite(number) ? number : null;
}
