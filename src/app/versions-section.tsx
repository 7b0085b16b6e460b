import { Tabs } from '@mantine/core';
import type { ComponentType } from 'react';
import { useWords } from '#language/use-words.ts';
import { FollowUpScreen } from '#screens/follow-up/follow-up-screen.tsx';
import { VersionsScreen } from '#screens/versions/versions-screen.tsx';

/** The parts of the section, in order: another one is a line here, and its name in `versions.tab`. */
const parts = [
  { id: 'versions', Part: VersionsScreen },
  { id: 'follow-up', Part: FollowUpScreen },
] as const satisfies readonly {
  readonly id: string;
  readonly Part: ComponentType;
}[];

/** Versions of the model, and what became of what they announced. */
export function VersionsSection() {
  const { t } = useWords();
  return (
    <Tabs defaultValue={parts[0].id} keepMounted={false}>
      <Tabs.List mb="md">
        {parts.map(({ id }) => (
          <Tabs.Tab key={id} value={id}>
            {t(`versions.tab.${id}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map(({ id, Part }) => (
        <Tabs.Panel key={id} value={id}>
          <Part />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
