import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { GanttPlot } from '#charts/gantt-plot.tsx';
import { dateScale } from '#charts/ticks.ts';
import type { CampaignAnswer } from '#jobs/planning/contract.ts';
import { useWords } from '#language/use-words.ts';
import { tellCampaign } from '#report/campaign-text.ts';
import type { CampaignSettings, ForecastState, ModelOnShow } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { NumberBox } from '#ui/number-box.tsx';
import { Panel } from '#ui/panel.tsx';
import { chartToCsv } from '../chart-csv.ts';
import { firstSettings, viewCampaign } from './campaign.view.ts';

export interface CampaignPanelProps {
  readonly model: ModelOnShow;
  readonly forecast: ForecastState;
}

/** Dates and people of the outages of the file, under a limit. */
export function CampaignPanel({ model, forecast }: CampaignPanelProps) {
  const words = useWords();
  const { t } = words;
  const found = useAppStore((state) => state.campaign);
  const planCampaign = useAppStore((state) => state.planCampaign);
  const isBusy = useAppStore((state) => state.work !== null);
  const isOwn = found?.forecastId === forecast.id && found.modelId === model.id;
  const [settings, setSettings] = useState<CampaignSettings>(isOwn ? found.settings : firstSettings);
  const { columns } = forecast.summary;
  const namesOf = (type: 'number' | 'date') =>
    columns.filter((column) => column.type === type).map(({ name }) => ({ value: name, label: name }));
  const cost = (name: 'late' | 'person' | 'move') => (
    <NumberBox
      size="xs"
      w={190}
      min={0}
      label={t(`campaign.${name}`)}
      value={settings.costs[name]}
      onChange={(value) =>
        setSettings({ ...settings, costs: { ...settings.costs, [name]: Math.max(0, value ?? 0) } })
      }
    />
  );
  return (
    <Panel heading={t('campaign.heading')} description={t('campaign.lead')}>
      <Stack gap="md">
        <Group gap="md" align="flex-end" className="no-print">
          <NumberBox
            size="xs"
            w={150}
            min={1}
            label={t('campaign.limit')}
            value={settings.limit}
            onChange={(limit) => setSettings({ ...settings, limit })}
          />
          <NativeSelect
            size="xs"
            w={190}
            label={t('campaign.crewColumn')}
            value={settings.crew ?? ''}
            data={[{ value: '', label: t('campaign.crewDefault') }, ...namesOf('number')]}
            onChange={(event) => setSettings({ ...settings, crew: event.currentTarget.value || null })}
          />
          <NativeSelect
            size="xs"
            w={190}
            label={t('campaign.deadline')}
            value={settings.deadline ?? ''}
            data={[{ value: '', label: t('campaign.noDeadline') }, ...namesOf('date')]}
            onChange={(event) => setSettings({ ...settings, deadline: event.currentTarget.value || null })}
          />
          {cost('late')}
          {cost('person')}
          {cost('move')}
          <Button
            size="xs"
            disabled={isBusy || settings.limit === null}
            onClick={() => void planCampaign(settings)}
          >
            {t('campaign.ask')}
          </Button>
        </Group>
        {isOwn && <CampaignFound answer={found.answer} limit={found.settings.limit} />}
      </Stack>
    </Panel>
  );
}

function CampaignFound({
  answer,
  limit,
}: {
  readonly answer: CampaignAnswer;
  readonly limit: number | null;
}) {
  const words = useWords();
  const { t, format, language, count } = words;
  const { rows, steps, table } = viewCampaign(answer, words);
  const dates = rows.flatMap(({ earliest, end }) => [earliest, end]);
  return (
    <Stack gap="sm" data-testid="campaign" aria-live="polite">
      {tellCampaign(answer, words).map((line, i) => (
        <Text size="sm" key={line} fw={i === 0 ? 600 : 400}>
          {line}
        </Text>
      ))}
      <ChartFrame
        title={t('campaign.chart')}
        subtitle={count('campaign.subtitle', rows.length)}
        caption={t('campaign.caption')}
        fileName="tranche-campagne"
        table={table}
        toCsv={(shown) => chartToCsv(shown, language)}
      >
        {(width) => (
          <GanttPlot
            label={t('campaign.chart')}
            rows={rows}
            steps={steps}
            limit={limit}
            legend={{
              middle: t('campaign.legend.middle'),
              end: t('campaign.legend.end'),
              wait: t('campaign.legend.wait'),
              limit: t('campaign.legend.limit'),
            }}
            stepsLabel={t('campaign.people')}
            x={{ ...dateScale(Math.min(...dates), Math.max(...dates)), write: format.date }}
            width={width}
          />
        )}
      </ChartFrame>
      <Text size="xs" c="dimmed">
        {t('campaign.howTo')}
      </Text>
    </Stack>
  );
}
