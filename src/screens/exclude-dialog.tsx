import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';

export interface ExcludeDialogProps {
  /** Row of the file to leave out; null while nothing is asked. */
  readonly row: number | null;
  readonly onClose: () => void;
}

/** Asks why an outage is left out. The last reason stands ready for the next one. */
export function ExcludeDialog({ row, onClose }: ExcludeDialogProps) {
  const { t, format } = useWords();
  const excludeRow = useAppStore((state) => state.excludeRow);
  const [reason, setReason] = useState('');
  const isReady = row !== null && reason.trim() !== '';
  return (
    <Modal.Root opened={row !== null} onClose={onClose} size="md" transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (!isReady) return;
              onClose();
              void excludeRow(row, reason.trim());
            }}
          >
            <Stack gap="sm">
              <Group justify="space-between">
                <Modal.Title fw={650}>
                  {t('data.exclude.title', { row: format.plain((row ?? 0) + 1) })}
                </Modal.Title>
                <Modal.CloseButton aria-label={t('common.close')} />
              </Group>
              <Text size="sm" c="dimmed">
                {t('data.exclude.text')}
              </Text>
              <TextInput
                data-autofocus
                label={t('data.exclude.reason')}
                placeholder={t('data.exclude.hint')}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Group justify="flex-end">
                <Button type="submit" disabled={!isReady}>
                  {t('data.exclude.confirm')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
