import { createRng, deriveSeed } from '#base/random.ts';
import { compareKinds, inspectText, type KindVerdict } from './check-kind.ts';
import { generateOutageFile, writeOutageFile } from './outage-files.ts';
import { planters } from './plant-kind.ts';

export interface KindRun {
  readonly index: number;
  readonly name: string;
  readonly verdict: KindVerdict;
}

/** Plants one kind after the other into lists of outages and judges each; none where the list lacks what the kind needs. */
export async function* runKinds(seed: number, first: number, nFiles: number): AsyncGenerator<KindRun> {
  const names = Object.keys(planters);
  for (let index = first; index < first + nFiles; index++) {
    const rng = createRng(deriveSeed(seed, index));
    const name = names[index % names.length] ?? '';
    const file = generateOutageFile(rng);
    const planted = planters[name]?.(file, rng) ?? null;
    if (planted === null) continue;
    const text = writeOutageFile(planted);
    if (process.argv.includes('--show')) console.error(text);
    const verdict = compareKinds(await inspectText(writeOutageFile(file)), await inspectText(text));
    yield { index, name, verdict };
  }
}
