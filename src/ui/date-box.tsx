import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

export interface DateBoxProps extends Omit<TextInputProps, 'value' | 'onChange' | 'onBlur'> {
  /** Milliseconds since 1970; null shows an empty box. */
  readonly value: number | null;
  readonly write: (instant: number) => string;
  /** Null for a text that is no date. */
  readonly read: (text: string) => number | null;
  /** What is said of a text that is no date, once the box is left. */
  readonly unreadable: string;
  readonly onChange: (value: number | null) => void;
  /** Told with every key: false while the text is no date. */
  readonly onReadable?: (isReadable: boolean) => void;
}

/** A date typed as people write it, in the app's language whatever the browser's. An empty box is null; a text that is no date changes nothing. */
export function DateBox({ value, write, read, unreadable, onChange, onReadable, ...input }: DateBoxProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: number | null } | null>(null);
  const [isLeft, setIsLeft] = useState(true);
  // A value that came from elsewhere has the last word.
  const text = draft !== null && draft.of === value ? draft.text : value === null ? '' : write(value);
  const isUnreadable = text.trim() !== '' && read(text) === null;
  return (
    <TextInput
      {...input}
      value={text}
      error={isUnreadable && isLeft ? unreadable : undefined}
      onFocus={() => setIsLeft(false)}
      onBlur={() => {
        setIsLeft(true);
        if (!isUnreadable) setDraft(null);
      }}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        const next = typed.trim() === '' ? null : read(typed);
        const isDate = next !== null || typed.trim() === '';
        setDraft({ text: typed, of: isDate ? next : value });
        onReadable?.(isDate);
        if (isDate && next !== value) onChange(next);
      }}
    />
  );
}
