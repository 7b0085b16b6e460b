import { Anchor, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import classes from './about-dialog.module.css';
import { readNotices } from './read-notices.ts';

/** What Tranche is and what it is made of, and the way there. */
export function AboutDialog() {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Anchor component="button" type="button" size="xs" c="dimmed" onClick={() => setIsOpen(true)}>
        {t('shell.about.open')}
      </Anchor>
      <Modal.Root
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        size="xl"
        transitionProps={{ duration: 0 }}
      >
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body pt="md">
            <Stack gap="sm">
              <Group justify="space-between" wrap="nowrap">
                <Modal.Title fw={650}>{t('shell.about.title')}</Modal.Title>
                <Modal.CloseButton aria-label={t('common.close')} />
              </Group>
              <Text size="sm">{t('shell.offlineDetail')}</Text>
              <Text size="sm">{t('shell.about.packages')}</Text>
              <pre
                className={classes['notices']}
                // A keyboard scrolls only what it can reach.
                tabIndex={0}
                lang="en"
                aria-label={t('shell.about.notices')}
                role="region"
              >
                {readNotices() ?? t('shell.about.unbuilt')}
              </pre>
            </Stack>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
