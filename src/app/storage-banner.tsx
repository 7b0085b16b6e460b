import { Alert } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** Stands as long as nothing the user makes would outlive the tab. */
export function StorageBanner() {
  const { t } = useWords();
  const storage = useAppStore((state) => state.storage);
  if (storage.kind === 'kept') return null;
  return (
    <Alert mb="md" color="amber" icon={<Icon name="warning" />} title={t('shell.memory.title')}>
      {t(`shell.memory.${storage.reason}`)}
    </Alert>
  );
}
