import { Button, Stack } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { EmptyNotice } from '#ui/empty-notice.tsx';
import type { IconName } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { OpenModelButton } from './open-model-button.tsx';
import { sectionPath } from './section-path.ts';

export interface NeedsNoticeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  /** Where what is missing is made. */
  readonly section: 'data' | 'model';
}

/** What a section says that nothing can be shown in yet: the way to what it needs, or to a model from a file. */
export function NeedsNotice({ icon, title, text, section }: NeedsNoticeProps) {
  const { t } = useWords();
  return (
    <Panel>
      <EmptyNotice
        icon={icon}
        title={title}
        {...(text !== undefined && { text })}
        action={
          <Stack align="center" gap="xs">
            <Button component="a" href={sectionPath(section)}>
              {t(section === 'data' ? 'model.goToData' : 'evaluation.goToModel')}
            </Button>
            <OpenModelButton variant="subtle" />
          </Stack>
        }
      />
    </Panel>
  );
}
