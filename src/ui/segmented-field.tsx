import { Box, SegmentedControl, type SegmentedControlProps, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A choice of few ways side by side, under its heading, with what it means below. */
export function SegmentedField<Value extends string>({
  heading,
  help,
  children,
  ...control
}: Pick<SegmentedControlProps<Value>, 'value' | 'onChange' | 'data'> & {
  readonly heading: string;
  readonly help: string;
  readonly children?: ReactNode;
}) {
  const headingId = useId();
  return (
    <Box>
      <Text size="sm" fw={600} id={headingId} mb={4}>
        {heading}
      </Text>
      <SegmentedControl fullWidth size="xs" aria-labelledby={headingId} {...control} />
      <Text size="xs" c="dimmed" mt={4}>
        {help}
      </Text>
      {children}
    </Box>
  );
}
