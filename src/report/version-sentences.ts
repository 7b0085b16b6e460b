import { isTimeUnit } from '#data/time-units.ts';
import type { Words } from '#language/words.ts';
import { modelNames } from '#models/model-catalogue.ts';
import type { LogEntry, VersionFacts, VersionRecord } from '#versions/contract.ts';

/** "version 3 comparée : meilleure, prouvé": what an entry of the log did. */
export function describeLogEntry(
  { action }: LogEntry,
  versions: readonly VersionRecord[],
  { t }: Words,
): string {
  const number = versions.find(({ id }) => id === action.version)?.number ?? '–';
  if (action.kind === 'judge') {
    return t('versions.log.judge', { number, verdict: t(`versions.short.${action.report.verdict}`) });
  }
  const isForced = action.kind === 'promote' && action.isForced;
  return t(isForced ? 'versions.log.forced' : `versions.log.${action.kind}`, { number });
}

/** The name of a version's kind of model; as it stands where this program knows no such kind. */
export function nameVersionModel({ name }: VersionFacts, { t }: Words): string {
  const known = modelNames.find((each) => each === name);
  return known ? t(`terms.model.${known}`) : name;
}

/** "5,02 jours": the error on test outages; a dash where there were none. */
export function writeVersionError({ figures, target }: VersionFacts, { format }: Words): string {
  const { unit } = target;
  return figures ? format.duration(figures.mae, isTimeUnit(unit) ? unit : 'unknown', 2) : '–';
}
