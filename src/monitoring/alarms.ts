import type { Instant } from '#base/instant.ts';
import type { DurationUnit } from '#data/duration-unit.ts';
import { boundShare } from './confidence-sequence.ts';
import type { AlarmDirection, JoinReport, LedgerModel } from './contract.ts';
import { durationAt } from './coverage-record.ts';
import type { Evidence } from './detector.ts';
import type { DomainSeparation } from './domain-classifier.ts';
import type { JudgedOutage } from './due-question.ts';
import { listCohort, recordErrors } from './error-record.ts';
import type { ColumnDrift } from './feature-drift.ts';
import { labelOf, type SeriesRecord } from './series-record.ts';

/** How much, with its interval; null bounds where n is too small for one. */
export interface AlarmEffect {
  /** Median of actual/P50 − 1, or the share that lay within P10–P90. */
  readonly measure: 'ratio' | 'within-p10-p90';
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** What should be looked at: what, how much, since when, at which n. `proven` asks for a retraining, `watch` for an eye. */
export type Alarm =
  | {
      readonly kind: 'calibration';
      readonly level: 'watch' | 'proven';
      readonly direction: AlarmDirection;
      /** Null: of all outages. */
      readonly series: { readonly column: string; readonly label: string } | null;
      readonly at: Instant;
      readonly since: Instant;
      readonly n: number;
      /** Null where no whole cohort began since then. */
      readonly effect: AlarmEffect | null;
      readonly evidence: number;
      readonly threshold: number;
    }
  | { readonly kind: 'drift'; readonly level: 'watch' | 'proven'; readonly drift: ColumnDrift }
  /** A unit is written otherwise in the file of outcomes, or its durations are told in another unit. */
  | { readonly kind: 'join'; readonly level: 'proven'; readonly recoded: JoinReport['recoded'][number] }
  | { readonly kind: 'unit'; readonly level: 'proven'; readonly factor: number }
  | { readonly kind: 'domain'; readonly level: 'watch'; readonly domain: DomainSeparation };

interface Followed {
  readonly judged: readonly JudgedOutage[];
  readonly until: Instant;
  readonly unit: DurationUnit;
  readonly watch: Evidence;
  readonly proof: Evidence;
  readonly series: readonly SeriesRecord[];
  readonly drift: readonly ColumnDrift[];
  readonly domain: DomainSeparation | null;
  readonly recoded: JoinReport['recoded'];
  readonly suspectedFactor: number | null;
  readonly model: Pick<LedgerModel, 'columns'>;
}

/** The gravest first. A proof says all that the watch of the same outages says. */
export function listAlarms(followed: Followed): readonly Alarm[] {
  const { judged, watch, proof, series, drift, domain, recoded, suspectedFactor, model } = followed;
  const all = tellEvidence(followed, judged, watch, proof, null);
  const ofSeries = series.flatMap((record) => {
    const at = model.columns.findIndex(({ name }) => name === record.column);
    const own = judged.filter(({ announcement }) => labelOf(announcement, at) === record.label);
    const { column, label } = record;
    return tellEvidence(followed, own, record.watch, record.proof, { column, label });
  });
  // A fault of the data is sure: a column stands still, a code is another one.
  const ofColumns = drift.flatMap((each): Alarm[] => {
    if (each.status !== 'drift') return [];
    const isFault = each.findings.some(
      ({ kind }) => kind === 'frozen' || kind === 'recoded' || kind === 'rescaled',
    );
    return [{ kind: 'drift', level: isFault ? 'proven' : 'watch', drift: each }];
  });
  const ofDomain: Alarm[] = domain?.isDrift ? [{ kind: 'domain', level: 'watch', domain }] : [];
  const ofJoins = recoded.map((each): Alarm => ({ kind: 'join', level: 'proven', recoded: each }));
  const ofUnit: Alarm[] =
    suspectedFactor === null ? [] : [{ kind: 'unit', level: 'proven', factor: suspectedFactor }];
  const alarms = [...ofUnit, ...ofJoins, ...all, ...ofSeries, ...ofColumns, ...ofDomain];
  return [
    ...alarms.filter(({ level }) => level === 'proven'),
    ...alarms.filter(({ level }) => level === 'watch'),
  ];
}

function tellEvidence(
  { until, unit }: Followed,
  outages: readonly JudgedOutage[],
  watch: Evidence,
  proof: Evidence,
  series: { readonly column: string; readonly label: string } | null,
): readonly Alarm[] {
  const evidence = proof.state === 'proven' ? proof : watch;
  const { state, alarm } = evidence;
  if (alarm === null || state === 'quiet') return [];
  const { direction, since, at, n } = alarm;
  const effect = measureEffect(outages, until, unit, since, direction);
  const told = { kind: 'calibration', level: state, direction, series, at, since, n, effect } as const;
  return [{ ...told, evidence: evidence.peak, threshold: evidence.threshold }];
}

/** On whole cohorts that were under way, or to come, when the change began. */
function measureEffect(
  outages: readonly JudgedOutage[],
  until: Instant,
  unit: DurationUnit,
  since: Instant,
  direction: AlarmDirection,
): AlarmEffect | null {
  const concerned = outages.filter(({ start, levels }) => start + (levels.at(-1)?.duration ?? 0) >= since);
  if (direction === 'later' || direction === 'earlier') {
    const errors = recordErrors(concerned, until, unit);
    return errors && { measure: 'ratio', ...errors.ratio };
  }
  const cohort = listCohort(concerned, until).flatMap(({ lasted, levels }) => {
    const [p10, p90] = [durationAt(levels, 0.1), durationAt(levels, 0.9)];
    return p10 === null || p90 === null ? [] : [lasted !== null && lasted > p10 && lasted <= p90];
  });
  const { share, low, high, n } = boundShare(cohort.filter(Boolean).length, cohort.length);
  return share === null ? null : { measure: 'within-p10-p90', value: share, low, high, n };
}
