import type { ColumnProfile } from '#data/profile.ts';
import type { RoleAssignment } from '#data/roles.ts';
import { findUnitInName } from '#data/time-units.ts';
import type { Inspection, QualityFindings } from '#jobs/dataset/contract.ts';

const MAX_REJECTS = 100;

/** The object that `inspect --json` prints. README.md is its contract: names are only ever added. */
export function toInspectionJson(inspection: Inspection) {
  const { summary, cleaning, preparation, findings } = inspection;
  const { dialect, ledger, questions } = summary;
  const { target, nKept, setAside, underWay, features, roles, problem } = preparation;
  const nUnread = new Map(summary.columns.map((column) => [column.name, column.nUnread]));
  const unitOf = ({ name, unit }: ColumnProfile) =>
    name === target?.name ? target.unit : (unit ?? findUnitInName(name));
  return {
    dialect,
    ledger: {
      ...ledger,
      rejects: ledger.rejects.slice(0, MAX_REJECTS),
      sideLines: ledger.sideLines.slice(0, MAX_REJECTS),
    },
    questions: [...questions, ...listFurtherQuestions(findings)],
    columns: cleaning.columns.map((profile, i) => ({
      ...describeColumn(profile, roles[i]),
      nUnread: nUnread.get(profile.name) ?? 0,
      unit: profile.type === 'number' ? unitOf(profile) : null,
    })),
    target: target && {
      name: target.name,
      unit: target.unit,
      n: nKept,
      sum: roundSum(target.mean * nKept),
      median: target.median,
    },
    problem,
    setAside: listSetAside(preparation),
    underWay: underWay && { n: underWay.n, asOf: writeIso(underWay.asOf, true) },
    features: [...new Set(features.map(({ column }) => column))],
    findings: findings.map(({ code, columns, rows, details }) => ({
      code,
      columns,
      rows: rows.count,
      details,
    })),
    notes: summary.notes.map(({ column, kind, count, examples }) => ({ column, kind, count, examples })),
    arrangements: summary.arrangements,
    factors: describeJoining(inspection),
    merged: setAside.find(({ reason }) => reason === 'merged')?.count ?? 0,
  };
}

/** How a second file was joined and what came of it; null without one. */
export function describeJoining({ joining, cleaning }: Pick<Inspection, 'joining' | 'cleaning'>) {
  const match = cleaning.report.find((step) => step.match)?.match ?? null;
  return joining && { ...joining, match };
}

/** What has no duration to be summed: all without an end are ongoing, also those that are learnt from as far as they came. */
function listSetAside({ setAside, underWay }: Inspection['preparation']) {
  const counts = new Map(underWay && underWay.n > 0 ? [['ongoing', underWay.n]] : []);
  for (const { reason, count } of setAside) {
    const told = reason === 'end-missing' ? 'ongoing' : reason;
    counts.set(told, (counts.get(told) ?? 0) + count);
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

const fieldOf = new Map([
  ['many-merged', 'identifier'],
  ['several-targets', 'target'],
  ['repeated-names', 'columns'],
]);

/** What a person is asked beside how the file is written: is that column an identifier, which one is to be predicted? */
function listFurtherQuestions(findings: QualityFindings) {
  return findings.flatMap(({ code, columns }) => {
    const field = fieldOf.get(code);
    const [value = '', ...examples] = columns;
    return field === undefined ? [] : [{ field, value, because: code, examples, isAmbiguous: true }];
  });
}

function describeColumn(profile: ColumnProfile, assignment: RoleAssignment | undefined) {
  const { name, type, nRows, nMissing, nDistinct, min, max, mean } = profile;
  const write = (value: number | undefined) =>
    value === undefined ? null : type === 'date' ? writeIso(value, profile.hasTime === true) : value;
  return {
    name,
    type,
    role: assignment?.role ?? 'ignore',
    reason: assignment?.reason ?? null,
    leak: assignment?.leak ?? null,
    nMissing,
    nDistinct,
    min: write(min),
    max: write(max),
    sum: type === 'number' && mean !== undefined ? roundSum(mean * (nRows - nMissing)) : null,
  };
}

/** A mean times its count is the sum but for the last digits. */
function roundSum(sum: number): number {
  return Number(sum.toPrecision(12));
}

function writeIso(instant: number, hasTime: boolean): string {
  return new Date(instant).toISOString().slice(0, hasTime ? 19 : 10);
}
