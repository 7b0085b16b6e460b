import { Alert } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** Something on show was changed by another tab, and is shown as it is now; until it has been read. */
export function HeardBanner() {
  const { t } = useWords();
  const heard = useAppStore((state) => state.heard);
  const dismiss = useAppStore((state) => state.dismissHeard);
  if (!heard) return null;
  return (
    <Alert
      mb="md"
      color="slate"
      icon={<Icon name="reset" />}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={dismiss}
      role="status"
    >
      {t(`shell.heard.${heard}`)}
    </Alert>
  );
}
