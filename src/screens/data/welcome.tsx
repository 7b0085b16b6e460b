import { Box, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { FileDrop } from '#ui/file-drop.tsx';
import { OpenModelButton } from '../open-model-button.tsx';
import { PasteBox } from './paste-box.tsx';
import { FleetSample, SimpleSample } from './sample-cards.tsx';

/** The first screen: one sentence, one action, two samples. */
export function Welcome() {
  const { t } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const openFile = useAppStore((state) => state.openFile);
  return (
    <Stack gap="lg" maw={860} mx="auto" py="md">
      <Box>
        <Title order={2} size="h2" mb={6}>
          {t('data.welcome.title')}
        </Title>
        <Text size="md" c="dimmed" maw={720}>
          {t('data.welcome.lead')}
        </Text>
      </Box>
      <FileDrop
        title={t('data.welcome.drop')}
        choose={t('data.welcome.choose')}
        hint={t('data.welcome.dropHint')}
        note={t('data.welcome.formats')}
        disabled={isBusy}
        onFile={(file) => void openFile(file)}
      />
      <PasteBox isBusy={isBusy} />
      <Box>
        <Title order={3} size="h5" mb="xs">
          {t('data.welcome.orSample')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <SimpleSample isBusy={isBusy} />
          <FleetSample isBusy={isBusy} />
        </SimpleGrid>
      </Box>
      <Box>
        <Title order={3} size="h5" mb="xs">
          {t('data.welcome.haveModel')}
        </Title>
        <OpenModelButton />{' '}
        <Text span size="sm" c="dimmed" ml="xs">
          {t('common.modelFileHint')}
        </Text>
      </Box>
    </Stack>
  );
}
