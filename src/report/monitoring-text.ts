import type { Words } from '#language/words.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { alignColumns } from './align-columns.ts';
import { tellDrift, tellVisible, writeEffect } from './drift-sentences.ts';
import {
  listContradictions,
  listErrorSentences,
  listJoinRemarks,
  tellAlarm,
  tellAlarmTodo,
  tellCounts,
  tellFlattery,
  tellKept,
} from './monitoring-sentences.ts';

/** What became of a ledger's announcements, for a terminal: alarms first. */
export function writeMonitoring(monitoring: Monitoring, words: Words): string {
  const { t, count } = words;
  const { alarms, coverage, drift, watch } = monitoring;
  const told = alarms.flatMap((alarm) => {
    const todo = tellAlarmTodo(alarm, words);
    return [tellAlarm(alarm, words), ...(todo ? [`  ${todo}`] : [])];
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
    ...listContradictions(monitoring, words),
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
