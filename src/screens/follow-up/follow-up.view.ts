import { type FollowedOutage, LEVELS } from '#monitoring/contract.ts';
import { msPerDurationUnit, type DurationUnit } from '#data/duration-unit.ts';
import type { Monitoring } from '#monitoring/monitor.ts';

/** One line of the table of announcements. Durations in the model's unit. */
export interface AnnouncementRow {
  readonly id: string;
  readonly outage: string;
  readonly start: number | null;
  readonly p50: number | null;
  readonly p80: number | null;
  readonly actual: number | null;
  readonly state: FollowedOutage['state']['kind'] | 'silent';
  readonly join: FollowedOutage['join'];
}

/** The latest starts first. */
export function listAnnouncements(
  outages: readonly FollowedOutage[],
  unit: DurationUnit,
): readonly AnnouncementRow[] {
  const [p50, p80] = [0.5, 0.8].map((share) => LEVELS.findIndex((level) => Math.abs(level - share) < 1e-9));
  return outages
    .map(({ announcement: { id, outage, levels }, state, join }): AnnouncementRow => ({
      id,
      outage: outage.identifier ?? outage.unit ?? id.slice(0, 8),
      start: outage.start,
      p50: levels[p50 ?? -1] ?? null,
      p80: levels[p80 ?? -1] ?? null,
      actual: state.kind === 'ended' ? state.lasted / msPerDurationUnit(unit) : null,
      state: state.kind === 'running' && state.isSilent ? 'silent' : state.kind,
      join,
    }))
    .sort((a, b) => (b.start ?? -Infinity) - (a.start ?? -Infinity));
}

/** Points of a chart: more cannot be told apart. */
const MAX_POINTS = 400;
/** The index of the bets may fall far below 1, where nothing is to be seen. */
const LEAST = 0.01;
const MS_PER_YEAR = 365.25 * 86_400_000;

/** The path of a detector as years and powers of ten; of points close together the highest. */
export function drawPath({ path, watch }: Pick<Monitoring, 'path' | 'watch'>) {
  const step = Math.ceil(path.length / MAX_POINTS);
  const points = path.flatMap((_, i) => {
    if (i % step !== 0) return [];
    const some = path.slice(i, i + step);
    const highest = some.reduce((most, each) => (each.value > most.value ? each : most));
    return [
      {
        x: toYear(highest.at),
        y: Math.log10(Math.max(LEAST, highest.value)),
        at: highest.at,
        value: highest.value,
      },
    ];
  });
  return { points, threshold: Math.log10(watch.threshold) };
}

function toYear(instant: number): number {
  return 1970 + instant / MS_PER_YEAR;
}

/** The ends of years that a replay may learn up to: some outages before, and some after. */
export function listReplayYears(
  starts: { readonly min: number; readonly max: number } | null,
): readonly number[] {
  if (starts === null) return [];
  const [from, to] = [starts.min, starts.max].map((instant) => new Date(instant).getUTCFullYear());
  return Array.from({ length: Math.max(0, (to ?? 0) - (from ?? 0)) }, (_, i) => (from ?? 0) + i);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `10⁷` of 7; what lies between whole powers bears no mark of its own. */
export function writePower(power: number): string {
  if (!Number.isInteger(power)) return '';
  const digits = Array.from(String(Math.abs(power)), (digit) => RAISED[Number(digit)]);
  return `10${power < 0 ? '⁻' : ''}${digits.join('')}`;
}
