import { Alert, Text } from '@mantine/core';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** What went wrong, that the data are safe, and what to do; until the user puts it away. */
export function ProblemBanner() {
  const { t } = useWords();
  const problem = useAppStore((state) => state.problem);
  const dismiss = useAppStore((state) => state.dismissProblem);
  if (!problem) return null;
  const { what, todo } = describeError(t, problem.code, problem.details);
  return (
    <Alert
      mb="md"
      color="brick"
      icon={<Icon name="warning" />}
      title={`${t(`errors.during.${problem.during}`)} – ${what}`}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={dismiss}
      role="alert"
    >
      <Text size="sm">
        {t('errors.safe')} {todo}
      </Text>
    </Alert>
  );
}
