import type { Words } from '#language/words.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { alignColumns } from './align-columns.ts';
import { tellDrift, tellVisible, writeEffect } from './drift-sentences.ts';
import {
  listConflicts,
  listErrorSentences,
  listJoinRemarks,
  tellAlarm,
  tellAlarmTodo,
  tellCounts,
  tellKept,
} from './monitoring-sentences.ts';

/** What became of a ledger's announcements, for a terminal: alarms first. */
export function writeMonitoring(monitoring: Monitoring, words: Words): string {
  const { t, count } = words;
  const { alarms, coverage, drift, model, watch } = monitoring;
  const told = alarms.flatMap((alarm) => {
    const todo = tellAlarmTodo(alarm, words);
    return [tellAlarm(alarm, model.target.unit, words), ...(todo ? [`  ${todo}`] : [])];
  });
  const isQuiet = !alarms.some(({ kind }) => kind === 'calibration');
  const quiet = isQuiet
    ? [t('followUp.calibration.quiet', { outages: count('common.outages', watch.n) })]
    : [];
  const levels = (['p50', 'p80', 'p10p90'] as const).flatMap(
    (level) => tellKept(level, coverage[level], words) ?? [],
  );
  const columns = drift.map((each) => [
    each.column,
    t(`followUp.drift.${each.status}`),
    each.distance ? writeEffect(each.distance.value, each.measure, words.format) : '',
    tellDrift(each, words) ?? tellVisible(each, words),
  ]);
  return [
    tellCounts(monitoring, words),
    ...listJoinRemarks(monitoring, words),
    ...listConflicts(monitoring, words),
    '',
    t('followUp.alarm.heading'),
    ...(told.length > 0 ? told : [t('followUp.alarm.none')]),
    ...quiet,
    '',
    t('followUp.coverage.heading'),
    ...(levels.length > 0 ? levels : [t('followUp.coverage.none')]),
    ...tellFlattery(monitoring, words),
    '',
    t('followUp.errors.heading'),
    ...listErrorSentences(monitoring, words),
    '',
    t('followUp.drift.heading'),
    ...alignColumns(columns),
    '',
  ].join('\n');
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
