import { Alert, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { tellRecovery } from './recovery.view.ts';

/** The browser had lost what was saved: what happened, what is back and what is not; until it has been read. */
export function RecoveryBanner() {
  const words = useWords();
  const recovery = useAppStore((state) => state.recovery);
  const dismiss = useAppStore((state) => state.dismissRecovery);
  if (!recovery) return null;
  return (
    <Alert
      mb="md"
      color="amber"
      icon={<Icon name="warning" />}
      title={words.t(`shell.recovery.${recovery.kind}`)}
      withCloseButton
      closeButtonLabel={words.t('common.close')}
      onClose={dismiss}
      role="alert"
    >
      {tellRecovery(recovery, words).map((sentence) => (
        <Text size="sm" key={sentence}>
          {sentence}
        </Text>
      ))}
    </Alert>
  );
}
