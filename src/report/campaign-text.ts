import type { ModelSummary } from '#inference/contract.ts';
import type { CampaignAnswer } from '#jobs/planning/contract.ts';
import type { Words } from '#language/words.ts';
import { alignColumns } from './align-columns.ts';

/** What may be said of a campaign beside its dates: the proof, its end, people, what was left out. */
export function tellCampaign(
  { status, cost, gap, bound, risk, onePerson, leftOut }: CampaignAnswer,
  { t, format, count }: Words,
): readonly string[] {
  const { more, fewer } = onePerson;
  return [
    status === 'optimal'
      ? t('campaign.optimal', { cost: format.number(cost) })
      : t('campaign.gap', {
          cost: format.number(cost),
          bound: format.number(bound),
          share: format.percent(cost > 0 ? gap / cost : 0),
        }),
    t('campaign.end', { p50: format.date(risk.endP50), p80: format.date(risk.endP80) }),
    t('campaign.over', { share: format.percent(risk.overLimit), link: format.number(risk.link) }),
    ...(more === null ? [] : [t('campaign.more', { cost: format.number(more) })]),
    ...(fewer === null ? [] : [t('campaign.fewer', { cost: format.number(fewer) })]),
    ...(leftOut.length > 0 ? [count('campaign.leftOut', leftOut.length)] : []),
    ...(['no-start', 'no-crew', 'no-level'] as const).flatMap((why) => {
      const rows = leftOut.filter((each) => each.why === why).map(({ row }) => format.plain(row + 1));
      return rows.length > 0 ? [t(`campaign.why.${why}`, { rows: rows.join(', ') })] : [];
    }),
  ];
}

/** A campaign for a terminal: a line an outage in the order of their starts, then what may be said of it. */
export function writeCampaign(
  answer: CampaignAnswer,
  { target }: Pick<ModelSummary, 'target'>,
  words: Words,
): string {
  const { t, format } = words;
  const rows = answer.outages
    .toSorted((a, b) => a.start - b.start || a.row - b.row)
    .map(({ name, row, start, end, crew, p50, p80, late }) => [
      name ?? t('campaign.row', { row: format.plain(row + 1) }),
      format.date(start),
      format.date(end),
      format.number(crew),
      format.duration(p50, target.unit),
      format.duration(p80, target.unit),
      late === null ? '–' : format.number(late),
    ]);
  const head = (['outage', 'start', 'end', 'crew', 'p50', 'p80', 'late'] as const).map((column) =>
    t(`campaign.column.${column}`),
  );
  return `${[...alignColumns([head, ...rows]), '', ...tellCampaign(answer, words), t('campaign.howTo')].join('\n')}\n`;
}
