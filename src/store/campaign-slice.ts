import type { Effects } from './effects.ts';
import { readForecast } from './forecast-slice.ts';
import type { CampaignSlice, GetState, SetState } from './state.ts';

/** What goes together among outages of one site. */
const LINK = 0.3;

export function createCampaignSlice(set: SetState, get: GetState, effects: Effects): CampaignSlice {
  return {
    campaign: null,

    planCampaign: async (settings) => {
      const { model, forecast } = get();
      if (!model || !forecast) return;
      const { limit, crew, deadline, costs } = settings;
      await effects.work.run(
        'optimising',
        (options) =>
          readForecast(effects, model, forecast, options, async ({ datasetId }) => {
            const modelId = await effects.models.ensure('training');
            const answer = await effects.run(
              'plan-campaign',
              {
                modelId,
                datasetId,
                crew,
                site: null,
                earliest: null,
                deadline,
                crewMin: null,
                crewMax: null,
                limit,
                siteLimits: [],
                costs,
                level: 'p80',
                link: LINK,
              },
              options,
            );
            set({ campaign: { forecastId: forecast.id, modelId: model.id, settings, answer } });
          }),
        { canStop: true },
      );
    },
  };
}
