import { AppError, type ErrorCode } from '#base/errors.ts';
import type { CellRow } from '#data/cell.ts';
import { buildDefaultCase } from '#inference/default-case.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';

export type Verdict =
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | { readonly kind: 'opened' }
  | { readonly kind: 'wrong'; readonly why: string };

const today = Date.UTC(2026, 10, 28);
const fileCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'model-file-invalid',
  'model-file-altered',
  'model-file-too-new',
  'file-too-large',
]);

/**
 * Opens what may be a model file, and demands: a refusal in words, or a model that answers; `answers`, where they are
 * given, and no others.
 */
export function checkOpening(text: string, answers: string | null): Verdict {
  let model: ModelAtWork;
  try {
    model = openSoundModel('m', text);
  } catch (thrown) {
    if (thrown instanceof AppError && fileCodes.has(thrown.code))
      return { kind: 'refused', code: thrown.code };
    return { kind: 'wrong', why: `opening: ${String(thrown)}` };
  }
  try {
    const given = answer(model);
    if (answers !== null && given !== answers) return { kind: 'wrong', why: 'opens and answers otherwise' };
    return { kind: 'opened' };
  } catch (thrown) {
    const where = thrown instanceof Error ? thrown.stack?.split('\n').slice(0, 3).join(' ') : String(thrown);
    return { kind: 'wrong', why: `opens and cannot predict: ${where}` };
  }
}

export function answerAll(text: string): string {
  return answer(openSoundModel('m', text));
}

/** Of the case a form begins with, the typical one, labels nobody knows, numbers out of range, and nothing known. */
function answer(model: ModelAtWork): string {
  const { features } = model.summary;
  const first = buildDefaultCase({ ...model.summary, today });
  const cases: readonly CellRow[] = [
    first,
    features.map(({ typical }) => typical),
    features.map(({ type }, i) => (type === 'category' ? 'nobody' : (first[i] ?? null))),
    features.map((feature, i) => (feature.type === 'category' ? (first[i] ?? null) : 1e9)),
    features.map(() => null),
  ];
  const given = predictCases(model, cases, 40);
  for (const { value } of given) if (!Number.isFinite(value)) throw new Error(`an answer is ${value}`);
  return JSON.stringify(given);
}
