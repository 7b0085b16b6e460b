import { MS_PER_DAY } from '#data/dates.ts';
import { freezeAnnouncement } from '../announcement.ts';
import { type Announcement, LEVELS, type LedgerModel, type Outcome, type OutcomeFile } from '../contract.ts';

export const origin = Date.UTC(2020, 0, 6);
export const day = (n: number) => origin + n * MS_PER_DAY;

/** A model that announces ten to thirty days, by one unit column. */
export const plantedModel: LedgerModel = {
  hash: 'abc0',
  name: 'linear',
  at: origin,
  target: { name: 'Durée', unit: 'day' },
  keys: { identifier: 'Id', unit: 'Tranche', start: 'Début' },
  columns: [{ name: 'Tranche', type: 'category', isInput: true, isCalendar: false }],
  reference: [['A'], ['B']],
  importance: [1],
  nTrainingRows: 2,
  expectedError: 5,
};

/** What is announced of an outage: P50 of 20 days, levels from 10 to 30. */
export function plantAnnouncement(
  unit: string | null,
  start: number | null,
  identifier: string | null = null,
): Announcement {
  return freezeAnnouncement({
    at: start ?? origin,
    model: plantedModel.hash,
    outage: { identifier, unit, start },
    cells: [unit],
    value: 20,
    levels: LEVELS.map((share) => 10 + 20 * share),
    nCalibration: 200,
    planned: 18,
    classMedian: null,
    scenario: null,
  });
}

export function plantOutcome(
  unit: string | null,
  start: number | null,
  days: number | null,
  identifier: string | null = null,
  row = 1,
): Outcome {
  const lasted = days === null ? null : days * MS_PER_DAY;
  const end = start === null || lasted === null ? null : start + lasted;
  return { key: { identifier, unit, start }, end, lasted, row };
}

export function plantFile(outcomes: readonly Outcome[], asOf: number): OutcomeFile {
  return { name: 'fins.csv', asOf, outcomes, unit: 'day', isUnitAssumed: false };
}
