import { test } from './app-test.ts';
import { checkExplanations } from './explanation-steps.ts';

const fleetSample = { sample: { kind: 'fleet', units: 16, years: 10, seed: 42 } } as const;

// The same is asked of the French shutdowns where they are trained on.
test('intervals, reasons and validation on the fleet sample', async ({ openTrained }) => {
  test.setTimeout(360_000);
  await checkExplanations(await openTrained(fleetSample));
});
