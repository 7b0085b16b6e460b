import { AppError } from '#base/errors.ts';
import type { LogEntry, Sha256, VersionAction, VersionRecord, VersionState } from './contract.ts';

export const NO_VERSIONS: VersionState = { champion: null, versions: [] };

/**
 * What follows from a log, after one more entry. Throws `version-unknown`, `version-not-allowed` and `gate-not-passed` where
 * an action meets a version that is not there, or not in a standing for it. O(versions).
 */
export function applyEntry(
  state: VersionState,
  entry: Pick<LogEntry, 'n' | 'hash' | 'action'>,
): VersionState {
  const { action } = entry;
  const record = state.versions.find(({ id }) => id === action.version);
  if (action.kind === 'submit') return submit(state, record, action, entry.n);
  if (!record) {
    throw new AppError('version-unknown', `no version ${action.version}`, { version: action.version });
  }
  requireAllowed(state, record, action);
  const change = (changes: Partial<VersionRecord>) => replace(state, { ...record, ...changes });
  switch (action.kind) {
    case 'judge': {
      const gate = { id: entry.hash, against: action.against, report: action.report };
      const isNew = record.standing === 'candidate';
      return change({ gate, ...(isNew && { standing: 'challenger' }) });
    }
    case 'refuse':
      return change({ standing: 'candidate' });
    case 'discard':
      return change({ standing: 'discarded' });
    default:
      return crown(state, record.id);
  }
}

function submit(
  state: VersionState,
  known: VersionRecord | undefined,
  { version, facts }: Extract<VersionAction, { kind: 'submit' }>,
  n: number,
): VersionState {
  // The same bytes are the same version: it comes back under its number.
  if (known?.standing === 'discarded') return replace(state, { ...known, standing: 'candidate' });
  if (known) refuseAction('submit', known);
  const record: VersionRecord = {
    id: version,
    number: state.versions.length + 1,
    standing: 'candidate',
    facts,
    submitted: n,
    wasPromoted: false,
    gate: null,
  };
  return { ...state, versions: [...state.versions, record] };
}

function requireAllowed(
  { champion }: VersionState,
  record: VersionRecord,
  action: Exclude<VersionAction, { kind: 'submit' }>,
): void {
  const { standing, wasPromoted } = record;
  const allowed = {
    judge: () => ['candidate', 'challenger', 'former'].includes(standing) && isAgainst(action, champion),
    promote: () => ['candidate', 'challenger', 'former'].includes(standing),
    refuse: () => standing === 'challenger',
    'roll-back': () => standing === 'former' && wasPromoted,
    discard: () => standing === 'candidate' && !wasPromoted,
  };
  if (!allowed[action.kind]()) refuseAction(action.kind, record);
  if (action.kind === 'promote' && champion !== null && !action.isForced) {
    requireGate(record, champion, action.gate);
  }
}

function isAgainst(action: VersionAction, champion: Sha256 | null): boolean {
  return action.kind === 'judge' && champion !== null && action.against === champion;
}

/** Unless it is forced, a promotion rests on a gate against the present champion that lets it pass. */
function requireGate({ id, gate }: VersionRecord, champion: Sha256, named: Sha256 | null): void {
  const isOwn = gate !== null && gate.id === named && gate.against === champion;
  if (isOwn && isPassed(gate.report)) return;
  throw new AppError('gate-not-passed', `the gate does not let ${id} pass against ${champion}`, {
    verdict: isOwn ? gate.report.verdict : null,
  });
}

/** Smaller errors, proven or not, and no guardrail broken: a person may promote it with a reason. */
export function isPassed({ verdict, guardrails }: NonNullable<VersionRecord['gate']>['report']): boolean {
  const isSmaller = verdict === 'proven-better' || verdict === 'not-worse' || verdict === 'cannot-tell';
  return isSmaller && guardrails.every(({ holds }) => holds);
}

/** One champion: the one before is former, and whoever was compared with it is to be compared again. */
function crown(state: VersionState, id: Sha256): VersionState {
  const versions = state.versions.map((record): VersionRecord => {
    if (record.id === id) return { ...record, standing: 'champion', wasPromoted: true };
    if (record.standing === 'champion') return { ...record, standing: 'former' };
    return record.standing === 'challenger' ? { ...record, standing: 'candidate' } : record;
  });
  return { champion: id, versions };
}

function replace(state: VersionState, record: VersionRecord): VersionState {
  return { ...state, versions: state.versions.map((each) => (each.id === record.id ? record : each)) };
}

function refuseAction(action: VersionAction['kind'], { id, number, standing }: VersionRecord): never {
  throw new AppError('version-not-allowed', `version ${number} (${id}) is ${standing}: no ${action}`, {
    action,
    number,
    standing,
  });
}
