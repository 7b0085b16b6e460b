import { Anchor, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';

/** Why a setting is what nobody chose; or, where somebody did, the way back. */
export function DefaultNote({
  reason,
  isLeft,
  onLeave,
}: {
  readonly reason: string | null;
  readonly isLeft: boolean;
  readonly onLeave: () => void;
}) {
  const { t } = useWords();
  if (isLeft && reason === null) return null;
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {isLeft ? (
        reason
      ) : (
        <Anchor component="button" type="button" size="xs" onClick={onLeave}>
          {t('model.byDefault')}
        </Anchor>
      )}
    </Text>
  );
}
