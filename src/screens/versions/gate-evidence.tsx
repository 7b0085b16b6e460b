import { List, Stack, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { tellGate, tellGuardrail } from '#report/verdict-sentences.ts';
import type { GateReport } from '#versions/gate/contract.ts';

/** What the gate found: the verdict and what it rests on, then the guardrails. */
export function GateEvidence({ report }: { readonly report: GateReport }) {
  const words = useWords();
  const [verdict, ...rest] = tellGate(report, words);
  const held = report.guardrails.filter(({ holds }) => holds);
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600}>
        {verdict}
      </Text>
      {[...(report.basis ? [words.t(`versions.basis.${report.basis}`)] : []), ...rest].map((sentence) => (
        <Text key={sentence} size="sm">
          {sentence}
        </Text>
      ))}
      {held.length > 0 && (
        <List size="xs" c="dimmed" spacing={2}>
          {held.map((guardrail) => {
            const sentence = tellGuardrail(guardrail, report, words);
            return <List.Item key={sentence}>{sentence}</List.Item>;
          })}
        </List>
      )}
    </Stack>
  );
}
