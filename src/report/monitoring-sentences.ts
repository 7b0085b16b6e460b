import type { Words } from '#language/words.ts';
import type { Alarm, AlarmEffect } from '#monitoring/alarms.ts';
import type { LevelCoverage } from '#monitoring/coverage-record.ts';
import type { MedianEstimate } from '#monitoring/error-record.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { tellDrift } from './drift-sentences.ts';

/** What an alarm is about, without its figures. */
export function tellAlarmPoint(alarm: Alarm, words: Words): string {
  const { t } = words;
  switch (alarm.kind) {
    case 'calibration':
      return alarm.series
        ? t(`followUp.alarm.${alarm.direction}Of`, { ...alarm.series })
        : t(`followUp.alarm.${alarm.direction}`);
    case 'drift':
      return tellDrift(alarm.drift, words) ?? alarm.drift.column;
    case 'join': {
      const { from, to, n } = alarm.recoded;
      return t('followUp.alarm.recoded', { from, to, outages: words.count('common.outages', n) });
    }
    case 'unit':
      return t('followUp.alarm.factor', { factor: words.format.short(alarm.factor) });
    default:
      return t('followUp.alarm.domainPoint');
  }
}

/** A whole alarm: what, how much with its interval, since when, at which n. */
export function tellAlarm(alarm: Alarm, words: Words): string {
  const { t, format, count } = words;
  const level = t(`followUp.alarm.${alarm.level}`);
  switch (alarm.kind) {
    case 'calibration': {
      const { since, effect, n } = alarm;
      const told = t('followUp.alarm.calibration', {
        point: tellAlarmPoint(alarm, words),
        since: format.date(since),
        effect: effect
          ? tellEffect(effect, words)
          : t('followUp.alarm.noEffect', { outages: count('common.outages', n) }),
      });
      return words.pair(level, told);
    }
    case 'drift':
    case 'join':
    case 'unit':
      return words.pair(level, `${tellAlarmPoint(alarm, words)}.`);
    default: {
      const { auc, low, high, nCurrent } = alarm.domain;
      const figure = (share: number) => format.number(100 * share, 0);
      const told = t('followUp.alarm.domain', {
        auc: figure(auc),
        low: figure(low),
        high: figure(high),
        outages: count('common.outages', nCurrent),
      });
      return words.pair(level, told);
    }
  }
}

/** What to do about it. */
export function tellAlarmTodo(alarm: Alarm, { t }: Words): string | null {
  if (alarm.level === 'watch') return null;
  return alarm.kind === 'calibration' ? t('followUp.alarm.provenTodo') : t('followUp.alarm.dataTodo');
}

function tellEffect({ measure, value, low, high, n }: AlarmEffect, { t, format, count }: Words): string {
  const outages = count('common.outages', n);
  if (measure === 'within-p10-p90') {
    return t('followUp.alarm.within', {
      value: format.percent(value),
      low: format.percent(low ?? 0),
      high: format.percent(high ?? 1),
      outages,
    });
  }
  if (low === null || high === null) {
    return t('followUp.alarm.ratioAlone', { value: writeChange(value, format), outages });
  }
  return t('followUp.alarm.ratio', {
    value: writeChange(value, format),
    low: writeChange(low, format),
    high: writeChange(high, format),
    outages,
  });
}

/** `+18 %`, with a true minus sign. */
function writeChange(value: number, format: Words['format']): string {
  const written = format.percent(Math.abs(value));
  return value < 0 ? `−${written}` : `+${written}`;
}

/** What was promised of a level, and what was kept; null where nothing was judged. */
export function tellKept(level: 'p50' | 'p80' | 'p10p90', coverage: LevelCoverage, { t, format }: Words) {
  const { share, low, high, held, n, nominal } = coverage;
  if (share === null) return null;
  const side = high < nominal ? 'below' : low > nominal ? 'above' : 'within';
  return t(`followUp.coverage.${side}`, {
    level: t(`followUp.coverage.${level}`),
    nominal: format.percent(nominal),
    held: format.number(held),
    n: format.number(n),
    share: format.percent(share, 1),
    low: format.percent(low, 1),
    high: format.percent(high, 1),
  });
}

/** How many there are, and what became of them. */
export function tellCounts({ counts, asOf }: Monitoring, { t, format, count }: Words): string {
  return t('followUp.summary', {
    announced: count('followUp.announced', counts.announced),
    date: format.date(asOf),
    ended: format.number(counts.ended),
    running: format.number(counts.running),
    toCome: format.number(counts['to-come']),
  });
}

/** What was not judged, or taken for granted, and why. */
export function listJoinRemarks({ counts, joins }: Monitoring, { count }: Words): readonly string[] {
  const numbered = [
    ['unknown', counts.unknown],
    ['silent', counts.silent],
    ['conflict', counts.conflict],
    ['late', counts.late],
    ['unannounced', joins.unannounced.length],
    ['duplicates', joins.nDuplicates],
  ] as const;
  return numbered.flatMap(([key, n]) => (n > 0 ? [count(`followUp.notJudged.${key}`, n)] : []));
}

/** Each contradiction, with the rows that make it. */
export function listContradictions({ joins, outages }: Monitoring, words: Words): readonly string[] {
  const { t } = words;
  return joins.conflicts.map(({ announcement: id, reason, rows }) => {
    const key = outages.find(({ announcement }) => announcement.id === id)?.announcement.outage;
    const name = key?.identifier ?? key?.unit ?? id;
    const start = key?.start ?? null;
    const told = t('followUp.conflictRows', {
      outage: start === null ? name : `${name}, ${words.format.date(start)}`,
      reason: t(`followUp.conflict.${reason}`),
      rows: rows.map(({ row }) => words.format.number(row)).join(', '),
    });
    return told;
  });
}

/** Error and bias of whole cohorts, and whether the model is still worth it. */
export function listErrorSentences(monitoring: Monitoring, words: Words): readonly string[] {
  const { errors, model } = monitoring;
  const { t, format, count } = words;
  if (errors === null) return [t('followUp.errors.none')];
  const duration = (value: number) => format.duration(value, model.target.unit);
  const told = { outages: count('common.outages', errors.n), mae: duration(errors.meanAbsoluteError) };
  const mae =
    model.expectedError === null
      ? t('followUp.errors.mae', told)
      : t('followUp.errors.maeExpected', { ...told, expected: duration(model.expectedError) });
  const beside = (['planned', 'classMedian'] as const).flatMap((key) => {
    const other = errors[key];
    return other === null
      ? []
      : [
          t(`followUp.errors.${key}`, {
            other: duration(other.other),
            model: duration(other.model),
            outages: count('common.outages', other.n),
          }),
        ];
  });
  const bias = t('followUp.errors.biasRange', {
    bias: format.durationChange(errors.bias.value, model.target.unit),
    ratio: writeRatio(errors.ratio, words),
  });
  return [mae, bias, ...beside];
}

/** A relative change with its interval where n carries one. */
export function writeRatio({ value, low, high }: MedianEstimate, { t, format }: Words): string {
  if (low === null || high === null) return writeChange(value, format);
  return t('followUp.errors.ratioRange', {
    value: writeChange(value, format),
    low: writeChange(low, format),
    high: writeChange(high, format),
  });
}

/** So much better than what was judged is worth a word. */
const FLATTERY = 0.02;

/** What counting ended outages alone would seem to say, where it is better than the truth. */
export function tellFlattery({ coverage, counts }: Monitoring, { t, format }: Words): readonly string[] {
  const { p80, p80OfEnded } = coverage;
  if (p80OfEnded === null || p80.share === null || counts.running === 0) return [];
  if (p80OfEnded.share - p80.share < FLATTERY) return [];
  return [t('followUp.coverage.flattery', { share: format.percent(p80OfEnded.share, 1) })];
}
