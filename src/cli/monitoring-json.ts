import type { Words } from '#language/words.ts';
import type { Alarm } from '#monitoring/alarms.ts';
import type { Evidence } from '#monitoring/detector.ts';
import type { FollowedOutage } from '#monitoring/contract.ts';
import { msPerDurationUnit } from '#data/duration-unit.ts';
import type { LevelCoverage } from '#monitoring/coverage-record.ts';
import type { ColumnDrift } from '#monitoring/feature-drift.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { adviseRetraining } from '#monitoring/retraining.ts';
import { tellAlarm, tellAlarmPoint } from '#report/monitoring-sentences.ts';
import { tellJoin } from '#report/join-sentences.ts';

/** The answer of `monitor --json`, as README.md tells it. */
export function toMonitoringJson(monitoring: Monitoring, words: Words) {
  const { model, asOf, counts, joins, coverage, errors, watch, proof, series, drift, domain } = monitoring;
  const ms = msPerDurationUnit(model.target.unit);
  return {
    asOf: writeInstant(asOf),
    model: { hash: model.hash, name: model.name },
    target: model.target,
    counts: {
      announced: counts.announced,
      toCome: counts['to-come'],
      running: counts.running,
      silent: counts.silent,
      ended: counts.ended,
      unknown: counts.unknown,
      conflict: counts.conflict,
      judged: counts.judged,
      late: counts.late,
      others: counts.others,
    },
    joins: {
      outcomes: joins.nOutcomes,
      joined: monitoring.outages.filter(({ join }) => join !== null).length,
      byIdentifier: monitoring.outages.filter(({ join }) => join?.by === 'identifier').length,
      byUnitAndDate: monitoring.outages.filter(({ join }) => join?.by === 'unit-and-date').length,
      duplicates: joins.nDuplicates,
      conflicts: joins.conflicts,
      unknown: joins.unannounced.map(({ file, row, key }) => ({ file, row, ...writeKey(key) })),
      earlier: joins.nEarlier,
      recoded: joins.recoded,
      suspectedFactor: monitoring.suspectedFactor,
    },
    coverage: {
      p50: writeCoverage(coverage.p50),
      p80: writeCoverage(coverage.p80),
      p10p90: writeCoverage(coverage.p10p90),
      p80OfEnded: coverage.p80OfEnded,
    },
    errors: errors && {
      n: errors.n,
      running: errors.nRunning,
      mae: errors.meanAbsoluteError,
      expected: model.expectedError,
      announced: errors.planned,
      classMedian: errors.classMedian,
      bias: errors.bias,
      ratio: errors.ratio,
    },
    calibration: { watch: writeEvidence(watch), proof: writeEvidence(proof) },
    series: series.map((record) => ({
      column: record.column,
      label: record.label,
      n: record.nJudged,
      ratio: record.ratio,
      watch: writeEvidence(record.watch),
      proof: writeEvidence(record.proof),
    })),
    drift: drift.map(writeDrift),
    domain,
    alarms: monitoring.alarms.map((alarm) => ({
      ...writeAlarm(alarm),
      point: tellAlarmPoint(alarm, words),
      sentence: tellAlarm(alarm, words),
    })),
    retrain: adviseRetraining(monitoring),
    announcements: monitoring.outages.map((outage) => writeOutage(outage, ms, words)),
  };
}

function writeInstant(instant: number | null): string | null {
  return instant !== null && Number.isFinite(instant) ? new Date(instant).toISOString() : null;
}

function writeKey({ identifier, unit, start }: FollowedOutage['announcement']['outage']) {
  return { identifier, unit, start: writeInstant(start) };
}

function writeCoverage({ nominal, share, low, high, held, n }: LevelCoverage) {
  return { nominal, share, low, high, held, n };
}

function writeEvidence({ state, value, peak, threshold, alarm, n }: Evidence) {
  return {
    state,
    value,
    peak,
    threshold,
    n,
    direction: alarm?.direction ?? null,
    since: writeInstant(alarm?.since ?? null),
    alarmAt: writeInstant(alarm?.at ?? null),
  };
}

function writeDrift({ distance, ...drift }: ColumnDrift) {
  return {
    column: drift.column,
    isInput: drift.isInput,
    status: drift.status,
    measure: drift.measure,
    effect: distance?.value ?? null,
    low: distance?.low ?? null,
    high: distance?.high ?? null,
    threshold: drift.threshold,
    visible: distance?.visible ?? null,
    n: drift.nCurrent,
    nReference: drift.nReference,
    importance: drift.importance,
    findings: drift.findings.map((finding) =>
      'since' in finding ? { ...finding, since: writeInstant(finding.since) } : finding,
    ),
  };
}

function writeAlarm(alarm: Alarm) {
  switch (alarm.kind) {
    case 'calibration': {
      const { at, since, series, ...told } = alarm;
      return {
        ...told,
        column: series?.column ?? null,
        label: series?.label ?? null,
        at: writeInstant(at),
        since: writeInstant(since),
      };
    }
    case 'drift':
      return { kind: alarm.kind, level: alarm.level, ...writeDrift(alarm.drift) };
    case 'join':
      return { kind: alarm.kind, level: alarm.level, ...alarm.recoded };
    case 'unit':
      return alarm;
    default:
      return { kind: alarm.kind, level: alarm.level, ...alarm.domain };
  }
}

function writeOutage({ announcement, state, join }: FollowedOutage, ms: number, words: Words) {
  return {
    id: announcement.id,
    ...writeKey(announcement.outage),
    at: writeInstant(announcement.at),
    model: announcement.model,
    value: announcement.value,
    levels: announcement.levels,
    state: state.kind,
    silent: state.kind === 'running' && state.isSilent,
    duration: state.kind === 'ended' ? state.lasted / ms : null,
    join: join && tellJoin(join, words),
  };
}
