import { createRng } from '#base/random.ts';
import type { Table } from '#data/table.ts';

/** Outages whose law is known: the product's sample formula, with a unit label that means nothing. */
export function plantOutages(
  nRows: number,
  noise: number,
  seed: number,
): { features: Table; target: Float64Array } {
  const rng = createRng(seed);
  const type = new Int32Array(nRows).map(() => (rng.nextFloat() < 0.7 ? 0 : 1));
  const unit = new Int32Array(nRows).map(() => rng.nextBelow(12));
  const complexity = new Float64Array(nRows).map(() => 1 + rng.nextBelow(9));
  const crew = new Float64Array(nRows).map(() => 5 + rng.nextBelow(45));
  const target = crew.map((value, i) => {
    return 10 + 5 * type[i] + 2 * complexity[i] - 0.1 * value + noise * rng.nextNormal();
  });
  return {
    features: {
      nRows,
      columns: [
        { type: 'category', name: 'Type', codes: type, categories: ['préventive', 'corrective'] },
        {
          type: 'category',
          name: 'Tranche',
          codes: unit,
          categories: Array.from({ length: 12 }, (_, i) => `T${i}`),
        },
        { type: 'number', name: 'Complexité', values: complexity },
        { type: 'number', name: 'Effectif', values: crew },
      ],
    },
    target,
  };
}
