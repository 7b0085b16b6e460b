import type { Dialect, ToldMarks } from '#data/csv/dialect.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { DatasetSummary } from './contract.ts';

type Read = Pick<DatasetSummary, 'questions' | 'columns'>;

/**
 * Reads a file that a model is to be asked of. What was said of the columns when it was trained holds here too; what the
 * file leaves open is read as that of the training was; and a column is of the type that was learnt, though a word among a
 * few numbers would make it one of labels. What a person says of this file comes before all.
 */
export async function readAsLearnt<Summary extends Read>(
  { reading, features }: Pick<ModelSummary, 'reading' | 'features'>,
  said: Partial<Dialect>,
  read: (overrides: Partial<Dialect>) => Promise<Summary>,
): Promise<{
  readonly summary: Summary;
  /** Dates or numbers were open, and were read as learnt. */
  readonly isAsLearnt: boolean;
}> {
  const { marks = {}, ...columns } = reading ?? {};
  const overrides = { ...columns, ...said };
  const summary = await read(overrides);
  const answers = answerQuestions(summary, marks);
  const others = findOtherTypes(summary, features);
  const isAsLearnt = Object.keys(answers).length > 0;
  if (!isAsLearnt && others.length === 0) return { summary, isAsLearnt };
  const types = others.length > 0 && { columnTypes: [...others, ...(overrides.columnTypes ?? [])] };
  return { summary: await read({ ...answers, ...overrides, ...types }), isAsLearnt };
}

/** Those of the marks that a file asks about; a decimal mark brings that of thousands with it. */
function answerQuestions({ questions }: Read, marks: ToldMarks): ToldMarks {
  const asked = new Set<string>(questions.map(({ field }) => field));
  if (asked.has('decimalMark')) asked.add('thousandsMark');
  return Object.fromEntries(Object.entries(marks).filter(([field]) => asked.has(field)));
}

/** Columns of labels that were learnt as numbers or dates, with the type learnt. One without any value says nothing. */
function findOtherTypes({ columns }: Read, features: ModelSummary['features']) {
  return columns.flatMap(({ name, type, nDistinct }) => {
    const learnt = features.find((feature) => feature.name === name)?.type;
    const isOther = type === 'category' && nDistinct > 0 && learnt !== undefined && learnt !== 'category';
    return isOther ? [{ column: name, type: learnt }] : [];
  });
}
