import { Button, Popover, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { listAnnounced } from '#report/announcing-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** Freezes the answer on show in the ledger. */
export function AnnounceButton() {
  const words = useWords();
  const { t } = words;
  const announceScenario = useAppStore((state) => state.announceScenario);
  const [isOpen, setIsOpen] = useState(false);
  const [identifier, setIdentifier] = useState('');
  const announce = async () => {
    const announced = await announceScenario(identifier.trim() || null);
    if (!announced) return;
    setIsOpen(false);
    const [title, ...message] = listAnnounced(announced, words);
    notifications.show({ title, message: message.join(' ') || t('followUp.announcedDone') });
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus withArrow width={280}>
      <Popover.Target>
        <Button
          size="xs"
          leftSection={<Icon name="check" size={14} />}
          onClick={() => setIsOpen((before) => !before)}
        >
          {t('followUp.announce')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="xs">{t('followUp.announceHint')}</Text>
          <TextInput
            size="xs"
            label={t('followUp.identifier')}
            value={identifier}
            onChange={(event) => setIdentifier(event.currentTarget.value)}
          />
          <Button size="xs" onClick={() => void announce()}>
            {t('followUp.announce')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
