import { writeDay } from '#data/dates.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { CampaignAnswer } from '#jobs/planning/contract.ts';
import { writeInstant } from '#jobs/planning/case-json.ts';

/** The answer of `campaign --json`, as README.md tells it. */
export function writeCampaignJson(
  answer: CampaignAnswer,
  { target }: Pick<ModelSummary, 'target'>,
  level: string,
) {
  const { outages, leftOut, end, risk, crewCurve, ...figures } = answer;
  return {
    ...figures,
    unit: target.unit,
    level,
    end: writeDay(end),
    risk: { ...risk, endP50: writeDay(risk.endP50), endP80: writeDay(risk.endP80) },
    outages: outages.map(({ row, earliest, start, end: over, endP80, ...outage }) => ({
      row: row + 1,
      ...outage,
      earliest: writeInstant(earliest),
      start: writeInstant(start),
      end: writeInstant(over),
      endP80: writeDay(endP80),
    })),
    leftOut: leftOut.map(({ row, why }) => ({ row: row + 1, why })),
    crewCurve: crewCurve.map(({ day, crew }) => ({ day: writeDay(day), crew })),
  };
}
