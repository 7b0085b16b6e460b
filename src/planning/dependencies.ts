import type { FormFeature } from '#inference/contract.ts';
import type { ModelAtWork } from '#inference/open-model.ts';

/** Which levers act together, and what each such group has a say over. */
export interface Dependencies {
  /** Groups of levers, by their places in the list given. */
  readonly groups: readonly (readonly number[])[];
  /** The model's inputs that a group moves. */
  readonly inputsOf: readonly (readonly number[])[];
  /** The encoder's features that it moves. */
  readonly featuresOf: readonly (readonly number[])[];
}

/**
 * By what follows from what, not by trying: a lever moves the inputs that it determines and the features made of any of
 * them; levers that move one and the same are one group. `levers` are positions of inputs; those `held` follow nothing.
 * O(inputs² + features · levers).
 */
export function findDependencies(
  model: ModelAtWork,
  levers: readonly number[],
  held: ReadonlySet<number>,
): Dependencies {
  const { description, summary, model: fitted } = model;
  const positionOf = new Map(description.inputs.map(({ name }, position) => [name, position]));
  const movesInputs = levers.map((lever) => findMoved(summary.features, lever, held));
  const sources = listSources(model, positionOf);
  const movesFeatures = movesInputs.map((inputs) =>
    fitted.encoder.features.flatMap(({ name }, index) =>
      (sources.get(name) ?? []).some((source) => inputs.has(source)) ? [index] : [],
    ),
  );
  const groupOf = levers.map((_, i) => i);
  const join = (a: number, b: number) => {
    const [from, to] = [groupOf[a] ?? a, groupOf[b] ?? b];
    groupOf.forEach((group, i) => (groupOf[i] = group === from ? to : group));
  };
  levers.forEach((_, a) =>
    levers.forEach((__, b) => {
      if (a >= b) return;
      const isShared =
        [...(movesInputs[a] ?? [])].some((input) => movesInputs[b]?.has(input)) ||
        movesFeatures[a]?.some((index) => movesFeatures[b]?.includes(index));
      if (isShared === true) join(a, b);
    }),
  );
  const groups = [...new Set(groupOf)].map((group) =>
    levers.flatMap((_, i) => (groupOf[i] === group ? [i] : [])),
  );
  const unite = (lists: readonly Iterable<number>[], group: readonly number[]) =>
    [...new Set(group.flatMap((lever) => [...(lists[lever] ?? [])]))].sort((a, b) => a - b);
  return {
    groups,
    inputsOf: groups.map((group) => unite(movesInputs, group)),
    featuresOf: groups.map((group) => unite(movesFeatures, group)),
  };
}

/** The lever, what it determines, the parts of dates among that, and counts of time between any of them; nothing held. */
function findMoved(
  features: readonly FormFeature[],
  lever: number,
  held: ReadonlySet<number>,
): ReadonlySet<number> {
  const moved = new Set([lever]);
  for (const position of moved) {
    const feature = features[position];
    const led = feature === undefined || feature.type === 'number' ? [] : feature.determines;
    const counts = features.flatMap((each, follower) => {
      if (each.type !== 'number' || each.elapsed === undefined) return [];
      const { date, since } = each.elapsed;
      return date === position || ('date' in since ? since.date : since.leader) === position
        ? [follower]
        : [];
    });
    for (const follower of [...led.map(({ feature: follower }) => follower), ...counts]) {
      if (!held.has(follower)) moved.add(follower);
    }
  }
  return moved;
}

/** The inputs that each feature of the encoder is made of. */
function listSources(
  { description }: ModelAtWork,
  positionOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly number[]> {
  const toPositions = (names: readonly (string | undefined)[]) =>
    names.flatMap((name) => (name === undefined ? [] : (positionOf.get(name) ?? [])));
  const made = description.origins.map(
    ({ feature, column, reference }) => [feature, toPositions([column, reference])] as const,
  );
  // The past is asked by the labels and the day of the start.
  const { plan } = description.history ?? {};
  const past = (plan?.features ?? []).map(
    ({ feature }) => [feature, toPositions([plan?.start, ...(plan?.columns ?? [])])] as const,
  );
  return new Map([...made, ...past]);
}
