import type { VersionsState } from '#store/state.ts';
import type { Sha256, VersionRecord } from '#versions/contract.ts';
import { listDiscardable } from '#versions/merge-logs.ts';
import { isPassed } from '#versions/version-state.ts';

type AskedAction = 'promote' | 'refuse' | 'roll-back' | 'discard';

/** What a person is about to do with a version. */
export interface AskedChange {
  readonly kind: AskedAction;
  readonly record: VersionRecord;
}

/** The version of the model on show; null where it is none. */
export function findShown({ places }: VersionsState, modelId: string | undefined): Sha256 | null {
  return places.find((place) => place.modelId === modelId)?.id ?? null;
}

/** What may be done with a version, apart from comparing and showing it. */
export function listActions(
  state: VersionsState,
  { id, standing, wasPromoted }: VersionRecord,
  isShown: boolean,
): readonly AskedAction[] {
  if (state.broken || standing === 'discarded' || standing === 'champion') return [];
  const family = { own: state.log, others: state.others };
  const mayGo = !isShown && listDiscardable(family).includes(id);
  return [
    'promote',
    ...(standing === 'challenger' ? (['refuse'] as const) : []),
    ...(standing === 'former' && wasPromoted ? (['roll-back'] as const) : []),
    ...(mayGo ? (['discard'] as const) : []),
  ];
}

/** Whether a promotion needs to be forced, or said again, given the gate against the present champion. */
export function findPassage(
  { gate }: VersionRecord,
  champion: Sha256 | null,
): 'free' | 'reason' | 'confirm' | 'forced' {
  if (champion === null) return 'free';
  if (gate === null || gate.against !== champion || !isPassed(gate.report)) return 'forced';
  if (gate.report.verdict === 'proven-better') return 'free';
  return gate.report.verdict === 'cannot-tell' ? 'confirm' : 'reason';
}

/** The name that was typed last. */
export function findLastSigner({ log }: VersionsState, appName: string): string {
  return log.entries.findLast(({ by }) => by !== appName)?.by ?? '';
}

/** Settings of two trainings that differ, by their path, as they stand. */
export function listDifferences(a: unknown, b: unknown, path = ''): readonly SettingDifference[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (!isRecord(a) || !isRecord(b)) return [{ path, old: write(a), new: write(b) }];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((name) => listDifferences(a[name], b[name], path === '' ? name : `${path}.${name}`));
}

export interface SettingDifference {
  readonly path: string;
  readonly old: string;
  readonly new: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function write(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
