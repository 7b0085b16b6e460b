import { toAppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import type { DatasetFile } from '#jobs/dataset/contract.ts';
import type { CheckedLog, Sha256, VersionAction } from '#versions/contract.ts';
import type { GateReport } from '#versions/gate/contract.ts';
import { extendLog, nextEntry } from '#versions/version-log.ts';
import { readCheckedLog, readSoundVersion, type VersionStore } from '#versions/version-store.ts';
import { isPassed } from '#versions/version-state.ts';
import { hasDecision } from './retrain-plan.ts';
import type { Challenger } from './fit.ts';

/** `paired`: the gate's own, proven better with guardrails. `strict`: the smaller mean squared error, however little. */
export const gateRules = ['paired', 'strict'] as const;
export type GateRule = (typeof gateRules)[number];

/** Compares two models' files on outages that neither was trained on. */
export type JudgeModels = (
  old: Uint8Array,
  next: Uint8Array,
  test: DatasetFile,
  context: JobContext,
) => Promise<GateReport>;

export interface Decision {
  readonly deploy: boolean;
  readonly version: Sha256;
  readonly rule: GateRule;
  /** `first`: there was no champion, the median was to be beaten. */
  readonly verdict: GateReport['verdict'] | 'first' | 'first-not-better';
  readonly newMse: number | null;
  readonly oldMse: number | null;
  readonly newMae: number | null;
  readonly oldMae: number | null;
  /** Null for the first model. */
  readonly gate: GateReport | null;
}

interface Question {
  readonly rule: GateRule;
  readonly by: string;
  readonly now: () => Instant;
  readonly snapshot: Sha256;
  readonly judge: (old: Uint8Array, next: Uint8Array) => Promise<GateReport>;
  /** Ends before a promotion, which somebody else makes once the model stands ready. */
  readonly leavesPromotion?: boolean;
}

/**
 * Brings a challenger to its decision, entry by entry: submitted, judged against the champion of that moment, promoted or
 * refused. What the log has already is not done again; where somebody else wrote meanwhile, what comes next is found anew.
 */
export async function decide(
  versions: VersionStore,
  challenger: Challenger,
  question: Question,
): Promise<Decision> {
  for (;;) {
    const log = await readCheckedLog(versions);
    const next = await findNext(versions, log, challenger, question);
    if (!next) return describeDecision(log, challenger, question);
    const { action, reason } = next;
    if (action.kind === 'promote' && question.leavesPromotion)
      return { ...describeDecision(log, challenger, question), deploy: true };
    const signature = { by: question.by, at: question.now(), reason };
    const entry = nextEntry(log, action, signature);
    try {
      await versions.commit(entry, action.kind === 'submit' ? challenger.bytes : undefined);
    } catch (thrown) {
      if (toAppError(thrown).code !== 'log-moved') throw thrown;
      continue;
    }
    const after = extendLog(log, entry);
    if (hasDecision(after, challenger.id)) return describeDecision(after, challenger, question);
  }
}

interface NextStep {
  readonly action: VersionAction;
  readonly reason: string;
}

/** What comes next for a challenger; null where it is decided. */
async function findNext(
  versions: VersionStore,
  log: CheckedLog,
  { id, facts, ownTest }: Challenger,
  { rule, snapshot, judge }: Question,
): Promise<NextStep | null> {
  const { state } = log;
  const record = state.versions.find((each) => each.id === id);
  if (!record)
    return { action: { kind: 'submit', version: id, facts }, reason: `retrained on snapshot ${snapshot}` };
  if (hasDecision(log, id)) return null;
  if (state.champion === null) {
    const [own, median] = [ownTest.new, ownTest.median].map(
      ({ mse, mae }) => `MSE ${tell(mse)} and MAE ${tell(mae)}`,
    );
    const errors = `${own} on ${ownTest.n} outages; the median has ${median}`;
    return beatsMedian(ownTest)
      ? {
          action: { kind: 'promote', version: id, gate: null, isForced: false },
          reason: `the first: ${errors}`,
        }
      : { action: { kind: 'discard', version: id }, reason: `no better than the median: ${errors}` };
  }
  const { gate } = record;
  if (gate?.against !== state.champion) {
    const champion = await readSoundVersion(versions, state.champion);
    const report = await judge(champion, await readSoundVersion(versions, id));
    const action = { kind: 'judge', version: id, against: state.champion, report } as const;
    return { action, reason: `compared after retraining: ${report.verdict}` };
  }
  const { report } = gate;
  const errors = `rule ${rule}, ${report.verdict}, n ${report.n}, MSE ${tell(report.new?.mse)} against ${tell(report.old?.mse)}`;
  if (!mayDeploy(report, rule))
    return { action: { kind: 'refuse', version: id, gate: gate.id }, reason: `kept the old one: ${errors}` };
  const isForced = !isPassed(report);
  return { action: { kind: 'promote', version: id, gate: gate.id, isForced }, reason: `better: ${errors}` };
}

/** A figure in a reason; the report has every digit. */
function tell(value: number | undefined): string {
  return value === undefined ? 'none' : String(Number(value.toPrecision(4)));
}

function beatsMedian({ new: own, median }: Challenger['ownTest']): boolean {
  return own.mse < median.mse && own.mae < median.mae;
}

function mayDeploy(report: GateReport, rule: GateRule): boolean {
  if (rule === 'paired') return report.deploy;
  return report.new !== null && report.old !== null && report.new.mse < report.old.mse;
}

function describeDecision(log: CheckedLog, { id, ownTest }: Challenger, { rule }: Question): Decision {
  const record = log.state.versions.find((each) => each.id === id);
  const last = log.entries.findLast(
    ({ action }) => action.version === id && ['promote', 'refuse', 'discard'].includes(action.kind),
  );
  const deploy = last?.action.kind === 'promote';
  const report = record?.gate?.report ?? null;
  const isFirst = report === null;
  return {
    deploy,
    version: id,
    rule,
    verdict: report ? report.verdict : beatsMedian(ownTest) ? 'first' : 'first-not-better',
    newMse: isFirst ? ownTest.new.mse : (report.new?.mse ?? null),
    oldMse: isFirst ? ownTest.median.mse : (report.old?.mse ?? null),
    newMae: isFirst ? ownTest.new.mae : (report.new?.mae ?? null),
    oldMae: isFirst ? ownTest.median.mae : (report.old?.mae ?? null),
    gate: report,
  };
}
