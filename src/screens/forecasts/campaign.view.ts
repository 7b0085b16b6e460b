import type { ChartTable } from '#charts/chart-frame.tsx';
import type { GanttRow } from '#charts/gantt-plot.tsx';
import type { CampaignAnswer } from '#jobs/planning/contract.ts';
import type { Words } from '#language/words.ts';
import type { CampaignSettings } from '#store/state.ts';

/** As the command line has them where nothing is said. */
export const firstSettings: CampaignSettings = {
  limit: null,
  crew: null,
  deadline: null,
  costs: { day: 1, person: 0, wait: 1, late: 10, move: 0 },
};

/** The outages in the order of their starts, as bars and as a table, and the people at work. */
export function viewCampaign(
  { outages, crewCurve }: CampaignAnswer,
  { t, format }: Words,
): {
  readonly rows: readonly GanttRow[];
  readonly steps: readonly { readonly x: number; readonly y: number }[];
  readonly table: ChartTable;
} {
  const sorted = outages.toSorted((a, b) => a.start - b.start || a.row - b.row);
  const nameOf = ({ name, row }: (typeof outages)[number]) =>
    name ?? t('campaign.row', { row: format.plain(row + 1) });
  return {
    rows: sorted.map((outage): GanttRow => {
      const { start, end, endP80, p50, p80, crew, earliest } = outage;
      return {
        label: nameOf(outage),
        start,
        end,
        middle: Math.min(end, start + (p80 > 0 ? ((endP80 - start) * p50) / p80 : 0)),
        earliest,
        note: `${nameOf(outage)} : ${format.date(start)} → ${format.date(end)}, ${t('campaign.column.crew')} ${format.number(crew)}`,
      };
    }),
    steps: crewCurve.map(({ day, crew }) => ({ x: day, y: crew })),
    table: {
      headers: (['outage', 'start', 'end', 'crew', 'p50', 'p80', 'late'] as const).map((column) =>
        t(`campaign.column.${column}`),
      ),
      rows: sorted.map((outage) => [
        nameOf(outage),
        format.date(outage.start),
        format.date(outage.end),
        outage.crew,
        outage.p50,
        outage.p80,
        outage.late ?? '',
      ]),
    },
  };
}
