import { Center, Group, Loader, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';

export function Restoring() {
  const { t } = useWords();
  return (
    <Center mih={240}>
      <Group role="status">
        <Loader size="sm" />
        <Text>{t('shell.restoring')}</Text>
      </Group>
    </Center>
  );
}
