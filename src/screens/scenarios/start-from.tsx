import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { UndoButtons } from '../undo-buttons.tsx';
import { OutagePicker } from './outage-picker.tsx';

/** Starts the question from a past outage, or from the one to come. */
export function StartFrom({ onNote }: { readonly onNote: () => void }) {
  const { t } = useWords();
  const [isOpen, { open, close }] = useDisclosure(false);
  const dataset = useAppStore((state) => state.dataset);
  const startFromOutage = useAppStore((state) => state.startFromOutage);
  const startFromDefault = useAppStore((state) => state.startFromDefault);
  return (
    <>
      <Group gap="xs">
        <UndoButtons />
        <Button size="xs" variant="light" disabled={!dataset} onClick={open}>
          {t('scenarios.startFrom')}
        </Button>
        <Button size="xs" variant="default" onClick={startFromDefault}>
          {t('scenarios.startDefault')}
        </Button>
        <Button size="xs" variant="default" leftSection={<Icon name="file" size={14} />} onClick={onNote}>
          {t('note.action')}
        </Button>
      </Group>
      <Modal.Root opened={isOpen} onClose={close} size="xl" transitionProps={{ duration: 0 }}>
        <Modal.Overlay />
        <Modal.Content>
          <Modal.Body pt="md">
            {/* Not Modal.Header: its <header> would count as a second banner of the page. */}
            <Group justify="space-between" mb="sm">
              <Modal.Title fw={650}>{t('scenarios.pick.title')}</Modal.Title>
              <Modal.CloseButton aria-label={t('common.close')} />
            </Group>
            {dataset && (
              <OutagePicker
                dataset={dataset}
                onPick={(row) => {
                  close();
                  void startFromOutage(row);
                }}
              />
            )}
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
