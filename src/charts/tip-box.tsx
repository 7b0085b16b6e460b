import { Paper, Text } from '@mantine/core';

/** What a chart says of the point under the pointer; the first line names it. */
export function TipBox({ lines }: { readonly lines: readonly string[] }) {
  return (
    <Paper withBorder shadow="sm" px="sm" py={6} radius="sm">
      {lines.map((line, index) => (
        <Text key={line} size="xs" fw={index === 0 ? 650 : 400}>
          {line}
        </Text>
      ))}
    </Paper>
  );
}
