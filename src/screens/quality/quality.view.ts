import type { Progress } from '#base/job-context.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { FindingSeverity, QualityFinding } from '#data/quality/finding.ts';
import type { RecipeAction, RecipeStep } from '#data/recipe/recipe-step.ts';
import { isProposedReason } from '#jobs/dataset/propose-recipe.ts';
import type { DatasetState } from '#store/state.ts';
import type { Words } from '#language/words.ts';
import { tellFinding, type FindingSentences } from '#report/finding-sentences.ts';
import { describeAction, tellStepEffect } from '#report/recipe-sentences.ts';

/** One finding as a person reads it. */
export interface FindingView extends FindingSentences {
  readonly key: string;
  readonly severity: FindingSeverity;
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
export function describeChecking(progress: Progress | null, { t, format }: Words): string {
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
  words: Words,
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
  words: Words,
): FindingView {
  const sentences = tellFinding(finding, profiles, words);
  return {
    ...sentences,
    key: findingKey(finding),
    severity: finding.severity,
    rows: finding.rows,
    action: proposeAction(finding, sentences.title, profiles, words),
  };
}

function proposeAction(
  { code, proposal, columns, details }: QualityFinding,
  title: string,
  profiles: readonly ColumnProfile[],
  words: Words,
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
  words: Words,
): readonly StepView[] {
  const reportOf = new Map(cleaning.report.map((entry) => [entry.id, entry]));
  return recipe.present.steps.map((step) => {
    const status = reportOf.get(step.id)?.status;
    return {
      step,
      label: describeAction(step.action, summary.columns, words),
      reason: isProposedReason(step.reason) ? words.t(`quality.proposedReason.${step.reason}`) : step.reason,
      effect: tellStepEffect(step, reportOf.get(step.id), words),
      isMisfit: step.isEnabled && status !== undefined && status !== 'applied' && status !== 'disabled',
    };
  });
}
