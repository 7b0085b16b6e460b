import { AppError, toAppError } from '#base/errors.ts';
import type { CellRow } from '#data/cell.ts';
import { predictCases } from './forecast-cases.ts';
import { type ModelAtWork, openModel } from './open-model.ts';
import { checkReferenceAnswers } from './reference-answers.ts';

/** Far from any number or date of an outage. */
const FAR = 1e9;
/** A label that no model knows. */
const STRANGE = '\u0000';

/**
 * Opens a model file from anywhere, and no other than one that answers: what its description says of inputs and features
 * goes with what its encoder asks for, and it says of the cases in it what it said when it was written. Errors: those of `openModelFile`.
 */
export function openSoundModel(modelId: string, text: string): ModelAtWork {
  const model = openModel(modelId, text);
  try {
    const { features } = model.summary;
    const cases: readonly CellRow[] = [
      features.map(({ typical }) => typical),
      features.map(({ type }) => (type === 'category' ? STRANGE : FAR)),
      features.map(({ type }) => (type === 'category' ? STRANGE : -FAR)),
      features.map(() => null),
    ];
    checkReferenceAnswers(model, model.answers ?? []);
    const answers = predictCases(model, cases, 1);
    if (answers.some(({ value }) => !Number.isFinite(value))) throw new Error('an answer is no number');
  } catch (thrown) {
    const { code } = toAppError(thrown);
    // No fault of the file, or one that has its own name.
    if (code === 'out-of-memory' || code === 'model-file-altered') throw thrown;
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('model-file-invalid', `a model that does not answer: ${problem}`, { problem });
  }
  return model;
}
