import { Box, Flex, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { ModelOnShow, Scenario } from '#store/state.ts';
import { Panel } from '#ui/panel.tsx';
import { NeedsNotice } from '../needs-notice.tsx';
import { AnswerPanel } from './answer-panel.tsx';
import { CaseField } from './case-field.tsx';
import { groupFields } from './scenarios.view.ts';
import { NoteScreen } from './note-screen.tsx';
import { ExplanationPanel } from './explanation-panel.tsx';
import { SideBySidePanel } from './side-by-side-panel.tsx';
import { StartFrom } from './start-from.tsx';

export function ScenariosScreen() {
  const { t } = useWords();
  const model = useAppStore((state) => state.model);
  const scenario = useAppStore((state) => state.scenario);
  if (!model || !scenario) {
    return <NeedsNotice icon="scenarios" title={t('scenarios.needsModel')} section="model" />;
  }
  return <Question key={model.id} model={model} scenario={scenario} />;
}

function Question({ model, scenario }: { readonly model: ModelOnShow; readonly scenario: Scenario }) {
  const { t } = useWords();
  const reference = useAppStore((state) => state.reference);
  // Explanations are found anew once data are open, with other data, and where a similar outage has been left out.
  const dataset = useAppStore(({ dataset: open }) => `${open?.id} ${open?.cleaning.nRows}`);
  const [unreadable, setUnreadable] = useState<ReadonlySet<string>>(new Set());
  const noteReadable = (name: string, isReadable: boolean) =>
    setUnreadable((before) => {
      const others = [...before].filter((other) => other !== name);
      return new Set(isReadable ? others : [...others, name]);
    });
  const [isNote, setIsNote] = useState(false);
  if (isNote) return <NoteScreen model={model} scenario={scenario} onBack={() => setIsNote(false)} />;
  const groups = groupFields(model.summary.features, scenario, reference);
  return (
    <Stack gap="md">
      <Flex
        gap="md"
        align={{ base: 'stretch', md: 'flex-start' }}
        direction={{ base: 'column-reverse', md: 'row' }}
      >
        <Stack gap="md" flex={1} miw={0}>
          <Panel
            heading={t('scenarios.heading')}
            description={t('scenarios.lead')}
            aside={<StartFrom onNote={() => setIsNote(true)} />}
          >
            <Stack gap="lg">
              {groups.map(({ group, fields }) => (
                <Box key={group} component="fieldset" m={0} p={0} style={{ border: 0 }}>
                  <Text component="legend" size="sm" fw={650} c="var(--mantine-color-anchor)" mb="xs" p={0}>
                    {t(`scenarios.group.${group}`)}
                  </Text>
                  <SimpleGrid
                    type="container"
                    cols={{ base: 1, '420px': 2 }}
                    spacing="lg"
                    verticalSpacing="md"
                  >
                    {fields.map((field) => (
                      <CaseField
                        key={`${field.index} ${scenario.origin?.row ?? ''}`}
                        field={field}
                        value={scenario.cells[field.index] ?? null}
                        onReadable={(isReadable) => noteReadable(field.feature.name, isReadable)}
                      />
                    ))}
                  </SimpleGrid>
                </Box>
              ))}
            </Stack>
          </Panel>
          <ExplanationPanel key={dataset} model={model} scenario={scenario} />
        </Stack>
        <AnswerPanel model={model} scenario={scenario} reference={reference} unreadable={[...unreadable]} />
      </Flex>
      <SideBySidePanel model={model} scenario={scenario} />
    </Stack>
  );
}
