import { Box, Group, Paper, Text, Title, type PaperProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';

export interface PanelProps extends PaperProps {
  readonly heading?: ReactNode;
  readonly description?: ReactNode;
  /** Buttons or badges at the end of the heading's line. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** A titled block of a screen; a landmark named by its heading. */
export function Panel({ heading, description, aside, children, ...paper }: PanelProps) {
  const headingId = useId();
  const named = heading === undefined ? {} : { 'aria-labelledby': headingId };
  return (
    <Paper component="section" withBorder radius="md" p="md" {...named} {...paper}>
      {(heading !== undefined || aside !== undefined) && (
        <Group justify="space-between" align="flex-start" gap="sm" mb={description ? 2 : 'xs'}>
          {heading !== undefined && (
            <Title order={2} size="h5" id={headingId}>
              {heading}
            </Title>
          )}
          {aside !== undefined && <Box>{aside}</Box>}
        </Group>
      )}
      {description !== undefined && (
        <Text size="sm" c="dimmed" mb="sm">
          {description}
        </Text>
      )}
      {children}
    </Paper>
  );
}
