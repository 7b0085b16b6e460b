import { Button, Grid, Stack, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { NeedsNotice } from '../needs-notice.tsx';
import { sectionPath } from '../section-path.ts';
import { AnalystPanel } from './analyst-panel.tsx';
import { ResultPanel } from './result-panel.tsx';
import { TrainPanel } from './train-panel.tsx';
import { TuningPanel } from './tuning-panel.tsx';

export function ModelScreen() {
  const { t } = useWords();
  const dataset = useAppStore((state) => state.dataset);
  const model = useAppStore((state) => state.model);
  if (!dataset && !model) {
    return <NeedsNotice icon="data" title={t('model.needsData')} section="data" />;
  }
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, sm: 6, lg: 5 }}>
        <Stack gap="md">
          {dataset ? (
            <>
              <TrainPanel dataset={dataset} />
              <AnalystPanel />
            </>
          ) : (
            <Panel heading={t('model.heading')}>
              <Text size="sm" mb="sm">
                {t('model.needsData')}
              </Text>
              <Button component="a" href={sectionPath('data')} variant="light">
                {t('model.goToData')}
              </Button>
            </Panel>
          )}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, sm: 6, lg: 7 }}>
        <ResultPanel />
      </Grid.Col>
      {dataset && (
        <Grid.Col span={12}>
          <TuningPanel dataset={dataset} />
        </Grid.Col>
      )}
    </Grid>
  );
}
