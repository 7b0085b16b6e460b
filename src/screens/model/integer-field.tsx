import { NumberInput } from '@mantine/core';

export interface IntegerFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

export function IntegerField({ onChange, ...input }: IntegerFieldProps) {
  return (
    <NumberInput
      {...input}
      size="xs"
      inputWrapperOrder={['label', 'input', 'description']}
      allowDecimal={false}
      clampBehavior="strict"
      onChange={(next) => {
        if (typeof next === 'number') onChange(next);
      }}
    />
  );
}
