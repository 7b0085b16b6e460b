import { describe, expect, it } from 'vitest';
import { readErrors, type TrialEvent, type TrialLog, writeErrors } from '../trial-log.ts';

const errors = writeErrors(Float32Array.of(0, 1.5, 1e-30, 3.4e38));

function score(fold: number): TrialEvent {
  return { kind: 'scored', configuration: { model: 'é', rate: 0.1 }, repetition: 0, fold, errors };
}

/** The laws of `TrialLog`. `openPlace` gives a place that nobody has used, to be opened as often as there are visits. */
export function describeTrialLog(name: string, openPlace: () => Promise<() => Promise<TrialLog>>): void {
  describe(`${name}, as a log of trials`, () => {
    it('begins empty', async () => {
      const open = await openPlace();
      expect(await (await open()).read()).toEqual([]);
    });

    it('L1, L2, L3: gives back what was acknowledged, in order, over any number of visits', async () => {
      const open = await openPlace();
      const given: TrialEvent[] = [{ kind: 'begun', study: '["x"]' }];
      await (await open()).append({ kind: 'begun', study: '["x"]' });
      for (let visit = 0; visit < 3; visit++) {
        const log = await open();
        expect(await log.read()).toEqual(given);
        const added = Array.from({ length: 20 }, (_, fold) => score(20 * visit + fold));
        await Promise.all(added.map((event) => log.append(event)));
        given.push(...added);
      }
      const log = await open();
      await log.append({ kind: 'test-opened', nTrials: 3 });
      const last = await (await open()).read();
      expect(last).toEqual([...given, { kind: 'test-opened', nTrials: 3 }]);
      const [, first] = last;
      expect(first?.kind === 'scored' && readErrors(first.errors)).toEqual(
        Float32Array.of(0, 1.5, 1e-30, 3.4e38),
      );
    });
  });
}
