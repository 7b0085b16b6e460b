import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import { type DurationUnit, msPerDurationUnit } from '#data/duration-unit.ts';
import { median } from '#base/statistics.ts';
import { type Alarm, listAlarms } from './alarms.ts';
import type { FollowedOutage, JoinReport, AnnouncementLedger, LedgerModel } from './contract.ts';
import { type CoverageRecord, recordCoverage } from './coverage-record.ts';
import type { Evidence } from './detector.ts';
import { type DomainSeparation, separateDomains } from './domain-classifier.ts';
import { answerDue, HANDICAP, listJudged, observeMonthly, observeSingly } from './due-question.ts';
import { createEProcess } from './e-process.ts';
import { type ErrorRecord, recordErrors } from './error-record.ts';
import { type AnnouncedRows, type ColumnDrift, followFeatures } from './feature-drift.ts';
import { listCounting } from './ledger.ts';
import { defaultMatching, type MatchOptions, matchOutcomes } from './outcome-match.ts';
import { runDetector, traceDetector } from './run-detector.ts';
import { recordSeries, type SeriesRecord } from './series-record.ts';
import { createShiryaevRoberts } from './shiryaev-roberts.ts';

/** What has become of the announcements of one model, up to an instant. */
export interface Monitoring {
  readonly model: Pick<LedgerModel, 'hash' | 'name' | 'target' | 'nTrainingRows' | 'expectedError'>;
  readonly asOf: Instant;
  readonly counts: Readonly<Record<FollowedOutage['state']['kind'], number>> & {
    readonly announced: number;
    /** Running by silence alone. */
    readonly silent: number;
    /** At least one of their levels has passed. */
    readonly judged: number;
    /** Announced after they had begun. */
    readonly late: number;
    /** Of other models, or announced once more since: not looked at here. */
    readonly others: number;
  };
  readonly joins: Omit<JoinReport, 'outages'>;
  readonly outages: readonly FollowedOutage[];
  readonly coverage: CoverageRecord;
  readonly errors: ErrorRecord | null;
  readonly watch: Evidence;
  readonly proof: Evidence;
  /** Evidence of the watch over time, for a chart. */
  readonly path: readonly { readonly at: Instant; readonly value: number }[];
  readonly series: readonly SeriesRecord[];
  readonly drift: readonly ColumnDrift[];
  readonly domain: DomainSeparation | null;
  readonly alarms: readonly Alarm[];
  /** All durations are some 24 (60, 7 …) times those announced: the file tells them in another unit. Null: they are not. */
  readonly suspectedFactor: number | null;
}

export interface MonitorOptions {
  readonly matching?: MatchOptions;
  /** Of all models in the ledger; absent: the one that announced last. */
  readonly model?: string;
}

/** Null for a ledger without announcements. Throws `cancelled`. O(announcements × levels + columns × rows). */
export async function monitorLedger(
  ledger: AnnouncementLedger,
  { matching = defaultMatching, model: wanted }: MonitorOptions,
  context: JobContext,
): Promise<Monitoring | null> {
  const model = ledger.models.get(wanted ?? ledger.announcements.at(-1)?.model ?? '');
  if (!model) return null;
  const { restartedAt, announcements } = ledger;
  const counting = listCounting(announcements).filter(({ model: hash }) => hash === model.hash);
  const followed = counting.filter(
    ({ outage }) => restartedAt === null || (outage.start ?? Infinity) >= restartedAt,
  );
  const { outages, ...joins } = matchOutcomes(followed, ledger.files, matching);
  const { unit } = model.target;
  const judged = listJudged(outages, unit);
  const answers = answerDue(judged, joins.asOf);
  const watching = createShiryaevRoberts();
  const single = observeSingly(answers, HANDICAP.watch);
  const site = findSite(model);
  const monthly = observeMonthly(answers, joins.asOf, HANDICAP.proof, ({ cells }) =>
    site === null ? null : String(cells[site] ?? ''),
  );
  const watch = runDetector(watching, single);
  const proof = runDetector(createEProcess(), monthly);
  const series = recordSeries(model, judged, joins.asOf, unit);
  const rows = listRows(outages);
  const drift = followFeatures(model, rows);
  const domain = await separateDomains(model, rows, context);
  const suspectedFactor = suspectFactor(outages, unit);
  const countOf = (kind: FollowedOutage['state']['kind']) =>
    outages.filter(({ state }) => state.kind === kind).length;
  return {
    model,
    asOf: joins.asOf,
    counts: {
      announced: outages.length,
      'to-come': countOf('to-come'),
      running: countOf('running'),
      ended: countOf('ended'),
      unknown: countOf('unknown'),
      conflict: countOf('conflict'),
      silent: outages.filter(({ state }) => state.kind === 'running' && state.isSilent).length,
      judged: answers.filter(({ isFirst }) => isFirst).length,
      late: outages.filter(({ announcement: { at, outage } }) => outage.start !== null && at > outage.start)
        .length,
      others: announcements.length - outages.length,
    },
    joins,
    outages,
    coverage: recordCoverage(judged, joins.asOf),
    errors: recordErrors(judged, joins.asOf, unit),
    watch,
    proof,
    path: traceDetector(watching, single),
    series,
    drift,
    domain,
    alarms: listAlarms({
      judged,
      until: joins.asOf,
      unit,
      watch,
      proof,
      series,
      drift,
      domain,
      recoded: joins.recoded,
      suspectedFactor,
      model,
    }),
    suspectedFactor,
  };
}

/** The column whose outages may share a shock: of those that group outages, the one with the fewest labels. */
function findSite({ columns, reference, keys }: LedgerModel): number | null {
  const unit = columns.findIndex(({ name }) => name === keys.unit);
  if (unit < 0) return null;
  // What a unit settles, and is no unit itself: its site.
  const settles = columns.flatMap(({ type }, at) => {
    if (at === unit || type !== 'category') return [];
    const labelOf = new Map<unknown, unknown>();
    const isSettled = reference.every((row) => {
      const known = labelOf.get(row[unit]);
      labelOf.set(row[unit], row[at]);
      return known === undefined || known === row[at];
    });
    const nLabels = new Set(reference.map((row) => row[at])).size;
    return isSettled && nLabels > 1 ? [{ at, nLabels }] : [];
  });
  // The site is the narrowest of these: a series is settled by its unit as well, and much larger.
  const narrowest = settles.toSorted((a, b) => b.nLabels - a.nLabels)[0];
  return narrowest?.at ?? unit;
}

/** By their starts; those without last. */
function listRows(outages: readonly FollowedOutage[]): AnnouncedRows {
  const sorted = outages
    .map(({ announcement: { cells, outage, id } }) => ({ cells, start: outage.start, id }))
    .sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || (a.id < b.id ? -1 : 1));
  return { rows: sorted.map(({ cells }) => cells), starts: sorted.map(({ start }) => start) };
}

const FACTORS = [60, 24, 7, 1_440, 168].flatMap((factor) => [factor, 1 / factor]);
const LEAST_FOR_FACTOR = 5;

function suspectFactor(outages: readonly FollowedOutage[], unit: DurationUnit): number | null {
  const ms = msPerDurationUnit(unit);
  const ratios = outages.flatMap(({ announcement, state }) =>
    state.kind === 'ended' && (announcement.value ?? 0) > 0
      ? [state.lasted / ms / (announcement.value ?? NaN)]
      : [],
  );
  if (ratios.length < LEAST_FOR_FACTOR) return null;
  const middle = median(ratios);
  return FACTORS.find((factor) => middle / factor > 0.6 && middle / factor < 1.6) ?? null;
}
