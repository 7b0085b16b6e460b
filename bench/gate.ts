/**
 * `npm run study:gate [-- worlds]`: how often the gate is right about models whose true difference is known. 1,500 seeded
 * worlds a cell by default, 10 minutes; the tests run a short version.
 */
import { countShadowAlarms, countVerdicts } from '#versions/testing/gate-worlds.ts';

const nWorlds = Number(process.argv[2] ?? 1500);
const worlds = [
  { name: 'equal', gain: 0, shared: 0 },
  { name: 'equal, by unit', gain: 0, shared: 0.1 },
  { name: '2 % worse', gain: 0.02, shared: 0 },
  { name: '3 % better', gain: -0.03, shared: 0 },
  { name: '10 % better', gain: -0.1, shared: 0 },
];
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
console.log('world | n | new error < old error | bound below 0 | proven better | deployed');
for (const world of worlds) {
  for (const n of [60, 150, 400]) {
    const { smaller, bounded, proven, deployed } = countVerdicts({ ...world, n }, nWorlds, n, 1999);
    console.log([world.name, n, ...[smaller, bounded, proven, deployed].map(percent)].join(' | '));
  }
}
for (const gain of [0, 0.02, -0.05, -0.1]) {
  const { better, worse } = countShadowAlarms(nWorlds, 1000, gain, 7);
  console.log(
    `shadow over 1,000 outages, true mean ${gain}: better ${percent(better)}, worse ${percent(worse)}`,
  );
}
