import { isTimeUnit } from '#data/time-units.ts';
import type { Words } from '#language/words.ts';
import { type GateReport, type Guardrail, MIN_GATE_ROWS } from '#versions/gate/contract.ts';

/** What a gate found, the verdict first: what is compared, on how many outages, how sure that is, and what it would take. */
export function tellGate(report: GateReport, words: Words): readonly string[] {
  const { t, count } = words;
  const { learntByOld, learntByNew, underWay, repeated = 0 } = report.rows;
  const nLearnt = learntByOld + learntByNew;
  const learntBy = t('versions.learntBy', {
    old: words.format.number(learntByOld),
    new: words.format.number(learntByNew),
  });
  const left =
    report.verdict === 'overlap' ? learntBy : t('versions.keptOut', { learnt: tellLearnt(report, words) });
  const isJudged = report.verdict !== 'overlap';
  const broken = isJudged ? report.guardrails.filter(({ holds }) => !holds) : [];
  return [
    tellOutcome(report, words),
    ...tellWorse(report, words),
    ...(nLearnt > 0 ? [left] : []),
    ...tellPower(report, words),
    ...broken.map((guardrail) => tellGuardrail(guardrail, report, words)),
    ...(repeated > 0 ? [count('versions.repeated', repeated)] : []),
    ...(underWay > 0 ? [count('versions.underWay', underWay)] : []),
  ];
}

function tellLearnt({ rows }: GateReport, { count }: Words): string {
  return count('versions.learnt', Math.max(rows.learntByOld, rows.learntByNew));
}

function tellOutcome(report: GateReport, words: Words): string {
  const { t, count } = words;
  const { verdict, old, new: challenger, difference, tolerance } = report;
  const outages = count('common.outages', report.n);
  if (verdict === 'overlap') return t('versions.verdict.overlap', { learnt: tellLearnt(report, words) });
  if (verdict === 'too-few' || !old || !challenger || !difference) {
    return t('versions.verdict.too-few', { outages, least: words.format.number(MIN_GATE_ROWS) });
  }
  const isBySquares = verdict === 'not-better' && difference.value < 0;
  return t(isBySquares ? 'versions.verdict.squares' : `versions.verdict.${verdict}`, {
    outages,
    old: write(old.mae, report, words),
    new: write(challenger.mae, report, words),
    difference: writeChange(difference.value, report, words),
    high: writeChange(difference.high, report, words),
    tolerance: write(tolerance ?? NaN, report, words),
  });
}

function tellWorse(report: GateReport, words: Words): readonly string[] {
  const { verdict, difference } = report;
  if (verdict !== 'not-better' || difference === null || difference.low <= 0) return [];
  return [words.t('versions.verdict.worse', { low: write(difference.low, report, words) })];
}

/** "Il faudrait 1 240 arrêts de plus pour prouver un écart de 0,1 jour." */
function tellPower(report: GateReport, words: Words): readonly string[] {
  const { needed, tolerance, n, verdict } = report;
  if (needed === null || tolerance === null || verdict === 'overlap' || verdict === 'proven-better')
    return [];
  const values = {
    outages: words.count('common.outages', Math.max(0, needed - n)),
    tolerance: write(tolerance, report, words),
  };
  return [words.t(needed > n ? 'versions.power' : 'versions.enough', values)];
}

/** "Garde-fou franchi : P80 tenu 61 % du temps (61 sur 100), attendu entre 72 % et 87 %." */
export function tellGuardrail(guardrail: Guardrail, report: GateReport, words: Words): string {
  const { t, pair } = words;
  const name = t(guardrail.holds ? 'versions.guard.held' : 'versions.guard.broken');
  return pair(name, describeGuardrail(guardrail, report, words));
}

function describeGuardrail(guardrail: Guardrail, report: GateReport, words: Words): string {
  const { t, format, count } = words;
  switch (guardrail.kind) {
    case 'coverage':
      return t('versions.guard.coverage', {
        level: guardrail.level,
        held: format.number(guardrail.held),
        n: format.number(guardrail.n),
        share: format.percent(guardrail.held / guardrail.n),
        low: format.percent(guardrail.low),
        high: format.percent(guardrail.high),
      });
    case 'class':
      return t('versions.guard.class', {
        label: guardrail.label,
        n: count('common.outages', guardrail.n),
        difference: writeChange(guardrail.difference, report, words),
      });
    default:
      return t('versions.guard.bias', {
        old: writeChange(guardrail.old, report, words),
        new: writeChange(guardrail.new, report, words),
      });
  }
}

function unitOf({ unit }: GateReport) {
  return isTimeUnit(unit) ? unit : 'unknown';
}

function write(value: number, report: GateReport, { format }: Words): string {
  return format.duration(value, unitOf(report), 2);
}

function writeChange(value: number, report: GateReport, { format }: Words): string {
  // A small difference is not none.
  return format.durationChange(value, unitOf(report), Math.abs(value) < 0.1 ? 4 : 2);
}
