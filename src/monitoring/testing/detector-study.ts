import { MS_PER_DAY } from '#data/dates.ts';
import { listHandicaps, payPlace } from '../bets.ts';
import type { Detector, Observation } from '../detector.ts';
import { answerDue, observeMonthly, observeSingly } from '../due-question.ts';
import { type DetectorScore, scoreDetector, type StreamAlarm } from './detector-scores.ts';
import { announceStream, plantStream, type StreamSettings, world } from './streams.ts';

/** One observation an outage, of its place, in the order of the starts. `at` counts outages. */
export function observePlaces(seed: number, settings: StreamSettings, nErrors = 0): Observation[] {
  const { nCalibration } = settings;
  const handicaps = listHandicaps(nCalibration ?? Infinity, nErrors);
  return plantStream(seed, settings).outages.map(({ place }, i) => ({
    at: i,
    nOpened: 1,
    factors: payPlace(place).map((factor, k) => factor * (handicaps[k] ?? 1)),
  }));
}

/** As the ledger asks them: level by level, by the calendar, up to the start of the last outage. `at` are instants. */
export function observeCalendar(
  seed: number,
  settings: StreamSettings,
  isMonthly = false,
): readonly Observation[] {
  const judged = announceStream(plantStream(seed, settings));
  const until = Math.max(...judged.map(({ start }) => start));
  const answers = answerDue(judged, until);
  return isMonthly ? observeMonthly(answers, until, 0, () => '') : observeSingly(answers, 0);
}

/** The first alarm of a detector on a stream, by `at`; null for none. */
export function findAlarm(detector: Detector, observations: readonly Observation[]): number | null {
  let state = detector.start();
  for (const observation of observations) {
    state = detector.update(state, observation);
    if (state.alarm) return state.alarm.at;
  }
  return null;
}

/** A detector on seeded streams, one outage at a time. Delays in outages, the one that gave the alarm included. */
export function studyPlaces(
  detector: Detector,
  settings: StreamSettings,
  seeds: readonly number[],
  nErrors = 0,
): DetectorScore {
  const changeAt = settings.change ? settings.change.at : null;
  return scoreDetector(
    seeds.map((seed): StreamAlarm => {
      const alarmAt = findAlarm(detector, observePlaces(seed, settings, nErrors));
      return {
        alarmAt: alarmAt === null ? null : alarmAt + 1,
        changeAt: changeAt === null ? null : changeAt,
      };
    }),
  );
}

/** The same by the calendar: delays in outages begun since the change. */
export function studyCalendar(
  detector: Detector,
  settings: StreamSettings,
  seeds: readonly number[],
  isMonthly = false,
): DetectorScore {
  return scoreDetector(
    seeds.map((seed): StreamAlarm => {
      const alarmAt = findAlarm(detector, observeCalendar(seed, settings, isMonthly));
      return {
        alarmAt: alarmAt === null ? null : countBegun(seed, settings, alarmAt),
        changeAt: settings.change?.at ?? null,
      };
    }),
  );
}

/** One u an outage, looked at once it and all that began before it are over: what waiting for cohorts costs. */
export function studyCohorts(
  detector: Detector,
  settings: StreamSettings,
  seeds: readonly number[],
): DetectorScore {
  return scoreDetector(
    seeds.map((seed): StreamAlarm => {
      const { outages } = plantStream(seed, settings);
      const last = outages.at(-1)?.start ?? 0;
      const place = findAlarm(detector, observePlaces(seed, settings));
      const overAt = Math.max(...outages.slice(0, (place ?? 0) + 1).map(({ start, days }) => start + days));
      const isSeen = place !== null && overAt <= last;
      const alarmAt = isSeen ? countBegun(seed, settings, world.origin + overAt * MS_PER_DAY) : null;
      return { alarmAt, changeAt: settings.change?.at ?? null };
    }),
  );
}

function countBegun(seed: number, settings: StreamSettings, instant: number): number {
  const { outages } = plantStream(seed, settings);
  return outages.filter(({ start }) => world.origin + start * MS_PER_DAY <= instant).length;
}
