import { Button, Modal, Stack, Text, UnstyledButton } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { sectionPath } from '#screens/section-path.ts';
import { incomingChoices } from '#store/incoming-choices.ts';
import { useAppStore } from '#store/use-app-store.ts';
import classes from './incoming-dialog.module.css';

/** What becomes of a table that came while something is open. */
export function IncomingDialog() {
  const { t } = useWords();
  const incoming = useAppStore((state) => state.incoming);
  const dataset = useAppStore((state) => state.dataset);
  const model = useAppStore((state) => state.model);
  const takeIncoming = useAppStore((state) => state.takeIncoming);
  const dismissIncoming = useAppStore((state) => state.dismissIncoming);
  const offered = incomingChoices.filter(({ isOffered }) => isOffered({ dataset, model }));
  return (
    <Modal.Root
      opened={incoming !== null}
      onClose={dismissIncoming}
      centered
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* Not Modal.Header: its <header> would count as a second banner of the page. */}
        <Stack component={Modal.Body} gap="sm" pt="md">
          <Modal.Title fw={650}>{t('shell.incoming.title', { name: incoming?.name ?? '' })}</Modal.Title>
          <Text size="sm" c="dimmed">
            {t('shell.incoming.lead')}
          </Text>
          {offered.map(({ id }) => (
            <UnstyledButton
              key={id}
              className={classes['choice']}
              onClick={() => {
                window.location.hash = sectionPath(id === 'predict' ? 'forecasts' : 'data');
                void takeIncoming(id);
              }}
            >
              <Text fw={650}>{t(`shell.incoming.choice.${id}.label`)}</Text>
              <Text size="sm" c="dimmed">
                {t(`shell.incoming.choice.${id}.text`, { data: dataset?.name ?? '' })}
              </Text>
            </UnstyledButton>
          ))}
          <Button variant="subtle" onClick={dismissIncoming}>
            {t('shell.incoming.cancel')}
          </Button>
        </Stack>
      </Modal.Content>
    </Modal.Root>
  );
}
