import { Button, Grid, Group, Stack } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { DatasetState } from '#store/state.ts';
import { EmptyNotice } from '#ui/empty-notice.tsx';
import { Icon } from '#ui/icon.tsx';
import { KeyFigure } from '#ui/key-figure.tsx';
import { Panel } from '#ui/panel.tsx';
import { sectionPath } from '../section-path.ts';
import { ColumnsList } from './columns-list.tsx';
import { FindingsPanel } from './findings-panel.tsx';
import { countToDecide } from './quality.view.ts';
import { RecipePanel } from './recipe-panel.tsx';

export function QualityScreen() {
  const { t } = useWords();
  const dataset = useAppStore((state) => state.dataset);
  if (dataset) return <OpenQuality dataset={dataset} key={dataset.id} />;
  return (
    <EmptyNotice
      icon="quality"
      title={t('shell.noData')}
      text={t('quality.noData')}
      action={
        <Button component="a" href={sectionPath('data')}>
          {t('quality.toData')}
        </Button>
      }
    />
  );
}

function OpenQuality({ dataset }: { readonly dataset: DatasetState }) {
  return (
    <Stack gap="md">
      <Figures dataset={dataset} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="md">
            <FindingsPanel dataset={dataset} />
            <RecipePanel dataset={dataset} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <ColumnsList dataset={dataset} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Figures({ dataset }: { readonly dataset: DatasetState }) {
  const { t, format } = useWords();
  const { summary, cleaning, findings, preparation } = dataset;
  const nLearnt = preparation?.underWay?.n ?? 0;
  const ongoing = findings?.find(({ code }) => code === 'ongoing-outages')?.rows.count ?? 0;
  return (
    <Panel>
      <Group justify="space-between" align="flex-start">
        <Group gap="xl" align="flex-start">
          <KeyFigure label={t('quality.figure.read')} value={format.number(summary.nRows)} />
          <KeyFigure label={t('quality.figure.cleaned')} value={format.number(cleaning.nRows)} />
          <KeyFigure
            label={t('quality.figure.ongoing')}
            value={findings ? format.number(ongoing) : '…'}
            {...(ongoing > 0 && {
              note: t('quality.figure.ongoingNote', { count: nLearnt, n: format.number(nLearnt) }),
            })}
          />
          <KeyFigure
            label={t('quality.figure.toDecide')}
            value={findings ? format.number(countToDecide(dataset)) : '…'}
          />
        </Group>
        <Button
          size="xs"
          component="a"
          href={sectionPath('model')}
          rightSection={<Icon name="right" size={14} />}
        >
          {t('quality.next')}
        </Button>
      </Group>
    </Panel>
  );
}
