import type { Words } from '#language/words.ts';
import type { LogEntry } from '#versions/contract.ts';
import type { GateReport } from '#versions/gate/contract.ts';
import { tellGate } from './verdict-sentences.ts';

interface TakenRows {
  readonly name: string;
  readonly kept: number;
  readonly repeated: number;
  readonly rejected: number;
}

/** What came of a retraining, or what would come of it. */
export interface RetrainOutcome {
  readonly status: 'promoted' | 'kept' | 'nothing-new' | 'plan';
  readonly files: readonly TakenRows[];
  readonly kind?: 'nothing-new' | 'retrain';
  readonly reason?: 'same-data' | 'too-few';
  readonly sizes?: { readonly train: number; readonly test: number } | null;
  readonly champion?: string | null;
  readonly version?: string;
  readonly rule?: 'paired' | 'strict';
  readonly newMse?: number | null;
  readonly oldMse?: number | null;
  readonly newMae?: number | null;
  readonly oldMae?: number | null;
  readonly gate?: GateReport | null;
}

/** Files first, then what was decided and why. */
export function tellRetrain(outcome: RetrainOutcome, words: Words): readonly string[] {
  const files = outcome.files.map((file) => words.t('report.retrain.file', { ...file }));
  return [...files, ...tellOutcome(outcome, words)];
}

function tellOutcome(outcome: RetrainOutcome, words: Words): readonly string[] {
  const { t, format } = words;
  const { status, kind, reason, sizes, champion, rule, gate } = outcome;
  if (kind === 'nothing-new') return [t(`report.retrain.${reason === 'too-few' ? 'tooFew' : 'sameData'}`)];
  if (status === 'plan') {
    const { train = 0, test = 0 } = sizes ?? {};
    return champion
      ? [t('report.retrain.plan', { train, test, champion: shorten(champion) })]
      : [t('report.retrain.planFirst', { train })];
  }
  const figure = (value: number | null | undefined) => format.short(value ?? NaN);
  return [
    t(`report.retrain.${status === 'promoted' ? 'promoted' : 'kept'}`, {
      version: shorten(outcome.version ?? ''),
    }),
    ...(gate ? tellGate(gate, words) : [t(`report.retrain.${status === 'promoted' ? 'first' : 'notFirst'}`)]),
    t('report.retrain.errors', {
      newMse: figure(outcome.newMse),
      oldMse: figure(outcome.oldMse),
      newMae: figure(outcome.newMae),
      oldMae: figure(outcome.oldMae),
    }),
    ...(rule === 'strict' ? [t('report.retrain.strict')] : []),
  ];
}

/** A line of the history. */
export function tellEntry({ n, at, by, reason, action }: LogEntry, { t, format }: Words): string {
  return t('report.retrain.entry', {
    n,
    at: format.date(at, true),
    by,
    action: t(`report.retrain.action.${action.kind}`),
    version: shorten(action.version),
    reason,
  });
}

/** What a look at a store from outside found. */
export function tellStore(
  report: {
    readonly isSound: boolean;
    readonly problems: readonly { readonly kind: string }[];
    readonly nEntries: number;
    readonly nVersions: number;
    readonly champion: string | null;
    readonly isPointerLate: boolean;
    readonly orphans: readonly string[];
  },
  { t }: Words,
): readonly string[] {
  const { isSound, problems, nEntries, nVersions, champion, isPointerLate, orphans } = report;
  const atWork = champion === null ? t('report.retrain.noChampion') : shorten(champion);
  return [
    isSound
      ? t('report.retrain.storeSound', { entries: nEntries, versions: nVersions, champion: atWork })
      : t('report.retrain.storeBroken'),
    ...problems.map((problem) => JSON.stringify(problem)),
    ...(isPointerLate ? [t('report.retrain.pointerLate')] : []),
    ...(orphans.length > 0 ? [t('report.retrain.orphans', { n: orphans.length })] : []),
  ];
}

function shorten(version: string): string {
  return version.slice(0, 12);
}
