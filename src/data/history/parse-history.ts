import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { fleetParts, longParts, unitParts, type HistoryFeature, type HistoryPart } from './history-plan.ts';
import type { OutageHistory } from './outage-history.ts';

const maxOutages = 1_000_000;
const text = v.pipe(v.string(), v.maxLength(10_000));
const finite = v.pipe(v.number(), v.finite());
const position = v.pipe(v.number(), v.integer(), v.minValue(0));
const values = v.pipe(v.array(v.nullable(finite)), v.maxLength(maxOutages));
const parts: readonly HistoryPart[] = [...unitParts, ...longParts, ...fleetParts];

const plan = v.strictObject({
  start: text,
  columns: v.pipe(v.array(text), v.maxLength(100)),
  groups: v.pipe(v.array(v.pipe(v.array(position), v.minLength(1), v.maxLength(2))), v.maxLength(100)),
  longThreshold: v.nullable(finite),
  leadDays: v.exactOptional(v.pipe(finite, v.minValue(0), v.maxValue(3660))),
  features: v.pipe(
    v.array(
      v.strictObject({ feature: text, column: text, group: v.nullable(position), part: v.picklist(parts) }),
    ),
    v.maxLength(1_000),
  ),
});

/** The shape of a history inside a model file, for the schema of that file. */
export const historySchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    plan,
    starts: v.pipe(v.array(finite), v.maxLength(maxOutages)),
    ends: values,
    durations: values,
    columns: v.array(
      v.strictObject({
        labels: v.pipe(v.array(text), v.maxLength(maxOutages)),
        codes: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(-1))), v.maxLength(maxOutages)),
      }),
    ),
  }),
  v.check(
    (history) => isConsistent(history),
    'lists of a history must be of one length, and codes must have labels',
  ),
) satisfies v.GenericSchema<unknown, OutageHistory>;

/** A history read from outside, rebuilt in fresh objects. Throws `model-file-invalid` with the first fault. */
export function parseHistory(value: unknown): OutageHistory {
  const result = v.safeParse(historySchema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? '';
  throw new AppError('model-file-invalid', `history: ${place === '' ? 'value' : place}: ${issue.message}`, {
    place,
    problem: issue.message,
  });
}

function isConsistent({
  plan: { columns: names, groups, features },
  starts,
  ...lists
}: OutageHistory): boolean {
  const { ends, durations, columns } = lists;
  const n = starts.length;
  const areColumnsSound = columns.every(
    ({ labels, codes }) => codes.length === n && codes.every((code) => code < labels.length),
  );
  const areGroupsKnown = groups.every((positions) => positions.every((position) => position < names.length));
  const isTold = ({ group, part }: HistoryFeature) =>
    (group === null) === (part === 'week' || part === 'under-way') && (group ?? -1) < groups.length;
  return (
    ends.length === n &&
    durations.length === n &&
    columns.length === names.length &&
    areColumnsSound &&
    areGroupsKnown &&
    features.every(isTold)
  );
}
