import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface KeyFigureProps {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** One number that matters, under its name. */
export function KeyFigure({ label, value, note }: KeyFigureProps) {
  return (
    <Box>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={650} size="xl" lh={1.2}>
        {value}
      </Text>
      {note !== undefined && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </Box>
  );
}
