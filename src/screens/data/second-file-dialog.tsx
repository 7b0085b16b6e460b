import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';

export interface SecondFileDialogProps {
  /** The file that was dropped; null while nothing is asked. */
  readonly file: File | null;
  readonly onClose: () => void;
  /** It was added as outside factors. */
  readonly onAdded: () => void;
}

/** Asks what a file dropped on open data is: other outages, or what surrounds these. */
export function SecondFileDialog({ file, onClose, onAdded }: SecondFileDialogProps) {
  const { t } = useWords();
  const openFile = useAppStore((state) => state.openFile);
  const addFactors = useAppStore((state) => state.addFactors);
  if (file === null) return null;
  return (
    <Modal.Root opened onClose={onClose} size="lg" transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Stack gap="sm">
            <Group justify="space-between">
              <Modal.Title fw={650}>{t('factors.dialog.title', { name: file.name })}</Modal.Title>
              <Modal.CloseButton aria-label={t('common.close')} />
            </Group>
            <Text size="sm" c="dimmed">
              {t('factors.dialog.text')}
            </Text>
            <Group justify="flex-end">
              <Button
                variant="default"
                onClick={() => {
                  onClose();
                  void openFile(file);
                }}
              >
                {t('factors.dialog.replace')}
              </Button>
              <Button
                data-autofocus
                onClick={() => {
                  onClose();
                  onAdded();
                  void addFactors(file);
                }}
              >
                {t('factors.dialog.add')}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
