import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { OutagePicker } from './outage-picker.tsx';

/** Starts the question from a past outage, or from the typical one. */
export function StartFrom() {
  const { t } = useWords();
  const [isOpen, { open, close }] = useDisclosure(false);
  const dataset = useAppStore((state) => state.dataset);
  const startFromOutage = useAppStore((state) => state.startFromOutage);
  const startFromTypical = useAppStore((state) => state.startFromTypical);
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="light" disabled={!dataset} onClick={open}>
          {t('scenarios.startFrom')}
        </Button>
        <Button size="xs" variant="default" onClick={startFromTypical}>
          {t('scenarios.startTypical')}
        </Button>
      </Group>
      <Modal
        opened={isOpen}
        onClose={close}
        size="xl"
        title={t('scenarios.pick.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        withinPortal={false}
        transitionProps={{ duration: 0 }}
      >
        {dataset && (
          <OutagePicker
            dataset={dataset}
            onPick={(row) => {
              close();
              void startFromOutage(row);
            }}
          />
        )}
      </Modal>
    </>
  );
}
