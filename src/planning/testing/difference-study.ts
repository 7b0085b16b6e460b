import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import type { CellRow } from '#data/cell.ts';
import { compareScenarios } from '../doubt/compare-scenarios.ts';
import { growWorlds } from '../doubt/worlds.ts';
import { drawWorldCase, plantWorld, worldColumns, worldLevers, type WorldName } from './planted-worlds.ts';

export interface DifferenceStudy {
  /** Of pairs of scenarios, and of comparisons of six. */
  readonly nPairs: number;
  readonly nTogether: number;
  /** Pairs whose interval holds the difference of the law, comparisons whose band holds all of them. */
  readonly held: number;
  readonly heldTogether: number;
  /** Mean half-width, in days. */
  readonly halfWidth: number;
}

const N_TOGETHER = 6;

/** One model of a planted world, asked about the differences of scenarios: one outage, its levers drawn anew. */
export async function studyDifferences(
  name: WorldName,
  n: number,
  seed: number,
  nComparisons: number,
): Promise<DifferenceStudy> {
  const { model, truth } = await plantWorld(name, n, seed);
  const worlds = await growWorlds(model, createSilentContext());
  const rng = createRng(deriveSeed(seed, 11));
  const tally = { nPairs: 0, nTogether: 0, held: 0, heldTogether: 0, halfWidth: 0 };
  for (let i = 0; i < nComparisons; i++) {
    const base = drawWorldCase(rng);
    const cases: CellRow[] = Array.from({ length: N_TOGETHER }, () => {
      const other = drawWorldCase(rng);
      return base.map((cell, c) =>
        worldLevers.some((lever) => lever === worldColumns[c]) ? (other[c] ?? 0) : cell,
      );
    });
    const { differences } = compareScenarios(model, worlds, { cases, from: 'file', link: 1 });
    const judged = differences.flatMap(({ from, to, expected }) => {
      const real = truth(cases[to] ?? []) - truth(cases[from] ?? []);
      const holds = (range: { readonly low: number; readonly high: number }) =>
        range.low <= real && real <= range.high;
      return expected === null
        ? []
        : [
            {
              held: holds(expected),
              together: holds(expected.band),
              half: (expected.high - expected.low) / 2,
            },
          ];
    });
    tally.nPairs += judged.length;
    tally.held += judged.filter(({ held }) => held).length;
    tally.halfWidth += judged.reduce((sum, { half }) => sum + half, 0);
    tally.nTogether += 1;
    tally.heldTogether += judged.every(({ together }) => together) ? 1 : 0;
  }
  return { ...tally, halfWidth: tally.halfWidth / tally.nPairs };
}
