import type { Progress } from '#base/job-context.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { FindingDetails, FindingSeverity, QualityFinding } from '#data/quality/finding.ts';
import type { RecipeAction, RecipeStep } from '#data/recipe/recipe-step.ts';
import { PROPOSED_REASON } from '#jobs/dataset/propose-recipe.ts';
import type { DatasetState } from '#store/state.ts';
import { createWriter } from '../write-value.ts';
import { describeAction, listNames, type ActionWords } from './describe-action.ts';

/** One finding as a person reads it. */
export interface FindingView {
  readonly key: string;
  readonly severity: FindingSeverity;
  readonly title: string;
  /** The evidence: where, how much. */
  readonly seen: string;
  readonly why: string;
  readonly rows: QualityFinding['rows'];
  /** What the finding proposes, or, for a leak that is left out, how to overrule that. */
  readonly action: { readonly action: RecipeAction; readonly label: string; readonly reason: string } | null;
}

/** The same finding bears the same key after another check: what was ignored stays so. */
export function findingKey({ code, columns, details }: QualityFinding): string {
  return [code, details['rule'] ?? '', ...columns].join('|');
}

/** How many findings still ask for a decision: grave ones that were neither settled nor ignored. */
export function countToDecide({
  findings,
  ignoredFindings,
}: Pick<DatasetState, 'findings' | 'ignoredFindings'>): number {
  const left = (findings ?? []).filter((finding) => !ignoredFindings.includes(findingKey(finding)));
  return left.filter(({ severity }) => severity !== 'info').length;
}

/** "Contrôles en cours : 3 sur 12"; the cleaning comes first. */
export function describeChecking(progress: Progress | null, { t, format }: ActionWords): string {
  if (!progress || progress.total < 2) return t('quality.findings.checking');
  const counts = { done: format.number(progress.done + 1), total: format.number(progress.total) };
  return t(
    progress.phase === 'checking' ? 'quality.findings.checkingOf' : 'quality.findings.cleaningOf',
    counts,
  );
}

const severities: readonly FindingSeverity[] = ['error', 'warning', 'info'];

/** The findings by severity, gravest first, and apart from them those that are ignored. */
export function groupFindings(
  { findings, ignoredFindings, summary }: Pick<DatasetState, 'findings' | 'ignoredFindings' | 'summary'>,
  words: ActionWords,
): {
  readonly groups: readonly { severity: FindingSeverity; findings: FindingView[] }[];
  ignored: FindingView[];
} {
  const views = (findings ?? []).map((finding) => viewFinding(finding, summary.columns, words));
  const isIgnored = ({ key }: FindingView) => ignoredFindings.includes(key);
  const groups = severities.map((severity) => ({
    severity,
    findings: views.filter((view) => view.severity === severity && !isIgnored(view)),
  }));
  return { groups: groups.filter((group) => group.findings.length > 0), ignored: views.filter(isIgnored) };
}

export function viewFinding(
  finding: QualityFinding,
  profiles: readonly ColumnProfile[],
  words: ActionWords,
): FindingView {
  const { severity, rows, details, columns } = finding;
  const { t } = words;
  const texts = textsOf(finding);
  const blanks = { ...writeDetails(finding, profiles, words), columns: listNames(columns, words) };
  const title = t(`quality.finding.${texts}.title`, blanks);
  const seen =
    texts === 'leak' || texts === 'leak-left-out' || texts === 'leak-end'
      ? t(`data.leak.${details['kind'] as 'name'}`)
      : t(`quality.finding.${texts}.seen`, blanks);
  return {
    key: findingKey(finding),
    severity,
    title,
    seen,
    why: t(`quality.finding.${texts}.why`),
    rows,
    action: proposeAction(finding, title, profiles, words),
  };
}

function textsOf({ code, details }: QualityFinding) {
  if (code === 'leak') {
    if (details['isExcluded'] !== true) return 'leak';
    return details['kind'] === 'end-date' ? 'leak-end' : 'leak-left-out';
  }
  if (code === 'constant-column' && details['isTarget'] === true) return 'constant-target';
  return code === 'near-duplicates' && details['rule'] === 'same-unit-and-time' ? 'near-twins' : code;
}

function proposeAction(
  { code, proposal, columns, details }: QualityFinding,
  title: string,
  profiles: readonly ColumnProfile[],
  words: ActionWords,
): FindingView['action'] {
  const { t } = words;
  if (proposal) return { action: proposal, label: describeAction(proposal, profiles, words), reason: title };
  const [column] = columns;
  // An end date is no feature in any reading: only the other leaks can be meant otherwise.
  if (code !== 'leak' || details['kind'] === 'end-date' || column === undefined) return null;
  return {
    action: { kind: 'set-role', column, role: 'context' },
    label: t('quality.findings.overrule'),
    reason: t('quality.findings.overruleReason'),
  };
}

/** Details that count things, and so are not written as the column's values are. */
const countNames: ReadonlySet<string> = new Set([
  'nWithoutEnd',
  'nEndsInFuture',
  'nOutages',
  'nRare',
  'nLabels',
  'minRows',
  'limit',
  'scale',
]);

/** The details of a finding in the reader's numbers and dates. */
function writeDetails(
  { code, columns, details }: QualityFinding,
  profiles: readonly ColumnProfile[],
  words: ActionWords,
): Readonly<Record<string, string>> {
  const { format } = words;
  const write = createWriter(columns[0] ?? '', profiles, words);
  const writeOne = (name: string, value: FindingDetails[string]): string => {
    if (name === 'share' && typeof value === 'number') return format.percent(value);
    if (code === 'duration-absurd' && name === 'max' && typeof value === 'number') {
      return format.duration(value, details['unit'] === 'hour' ? 'hour' : 'day', 0);
    }
    if (name === 'latest' || name === 'earliest') return format.date(Date.parse(String(value)));
    if (name === 'value' && typeof value === 'string') return listNames([value], words);
    if (typeof value === 'number') return countNames.has(name) ? format.number(value) : write(value);
    return Array.isArray(value) ? listNames(value.map(String), words) : String(value);
  };
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, writeOne(name, value)] as const),
  );
}

/** One step of the recipe as a person reads it. */
export interface StepView {
  readonly step: RecipeStep;
  readonly label: string;
  readonly reason: string;
  readonly effect: string;
  /** The step does not fit this file. */
  readonly isMisfit: boolean;
}

/** The steps in their order with what each did; a step still being applied says nothing yet. */
export function viewSteps(
  { recipe, cleaning, summary }: Pick<DatasetState, 'recipe' | 'cleaning' | 'summary'>,
  words: ActionWords,
): readonly StepView[] {
  const { t, format } = words;
  const reportOf = new Map(cleaning.report.map((entry) => [entry.id, entry]));
  const describeEffect = (step: RecipeStep): string => {
    const report = reportOf.get(step.id);
    if (!step.isEnabled) return t('quality.recipe.off');
    if (report === undefined || report.status === 'disabled') return '…';
    if (report.status !== 'applied') return t(`quality.recipe.${report.status}`);
    const { nRowsRemoved: removed, nCellsChanged: changed } = report;
    if (removed > 0) return t('quality.recipe.removed', { count: removed, n: format.number(removed) });
    if (changed > 0) return t('quality.recipe.changed', { count: changed, n: format.number(changed) });
    return step.action.kind === 'set-role' ? '' : t('quality.recipe.nothing');
  };
  return recipe.present.steps.map((step) => {
    const status = reportOf.get(step.id)?.status;
    return {
      step,
      label: describeAction(step.action, summary.columns, words),
      reason: step.reason === PROPOSED_REASON ? t('quality.proposedReason') : step.reason,
      effect: describeEffect(step),
      isMisfit: step.isEnabled && status !== undefined && status !== 'applied' && status !== 'disabled',
    };
  });
}
