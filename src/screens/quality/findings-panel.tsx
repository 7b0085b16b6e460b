import { Box, Collapse, Group, Loader, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { FindingSeverity } from '#data/quality/finding.ts';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { FindingCard } from './finding-card.tsx';
import { describeChecking, groupFindings } from './quality.view.ts';

const icons: Record<FindingSeverity, IconName> = { error: 'stop', warning: 'warning', info: 'file' };

/** What the checks say of the data as the cleaning left them, gravest first. */
export function FindingsPanel({ dataset }: { readonly dataset: DatasetState }) {
  const words = useWords();
  const { t } = words;
  const { groups, ignored } = groupFindings(dataset, words);
  return (
    <Panel heading={t('quality.findings.heading')} aside={dataset.isChecking && <Checking />}>
      <Stack
        gap="md"
        aria-busy={dataset.isChecking}
        opacity={dataset.isChecking && dataset.findings ? 0.6 : 1}
      >
        {groups.map(({ severity, findings }) => (
          <Box key={severity}>
            <Group gap={6} mb={6}>
              <Icon name={icons[severity]} size={15} />
              <Title order={3} size="sm">
                {t(`quality.severity.${severity}`)}
              </Title>
            </Group>
            <Stack gap={0}>
              {findings.map((finding) => (
                <FindingCard key={finding.key} finding={finding} dataset={dataset} isIgnored={false} />
              ))}
            </Stack>
          </Box>
        ))}
        {dataset.findings !== null && !dataset.isChecking && groups.length === 0 && <NothingToReport />}
        {ignored.length > 0 && (
          <Ignored n={ignored.length}>
            {ignored.map((finding) => (
              <FindingCard key={finding.key} finding={finding} dataset={dataset} isIgnored />
            ))}
          </Ignored>
        )}
      </Stack>
    </Panel>
  );
}

function Checking() {
  const words = useWords();
  const progress = useAppStore((state) => state.checkProgress);
  return (
    <Group gap={6} role="status">
      <Loader size={14} />
      <Text size="sm" c="dimmed">
        {describeChecking(progress, words)}
      </Text>
    </Group>
  );
}

function NothingToReport() {
  const { t } = useWords();
  return (
    <Group gap="sm" py="xs" wrap="nowrap">
      <Text c="leaf" component="span" lh={0}>
        <Icon name="check" size={26} />
      </Text>
      <Box>
        <Text fw={650}>{t('quality.findings.none')}</Text>
        <Text size="sm" c="dimmed">
          {t('quality.findings.noneText')}
        </Text>
      </Box>
    </Group>
  );
}

function Ignored({ n, children }: { readonly n: number; readonly children: React.ReactNode }) {
  const { t, format, pair } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Box>
      <UnstyledButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)} fz="sm" c="dimmed">
        <Group gap={4}>
          {pair(t('quality.findings.ignored'), format.number(n))}
          <Icon name={isOpen ? 'collapse' : 'chevron'} size={14} />
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>{isOpen && children}</Collapse>
    </Box>
  );
}
