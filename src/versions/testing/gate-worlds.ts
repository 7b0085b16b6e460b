import { exactExp } from '#base/exact-math.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import type { GateReport } from '../gate/contract.ts';
import { judgeChallenger } from '../gate/judge.ts';
import type { GatedModel, GateQuestion } from '../gate/question.ts';
import { readShadow, startShadow, updateShadow } from '../shadow.ts';

/** Two models whose true difference is known: errors of the old one are about 1, differences have a spread of ¼, all heavy-tailed. */
export interface GateWorld {
  readonly name: string;
  /** True mean of new − old, as a share of the old error. */
  readonly gain: number;
  /** Share of the differences' variance that a unit's outages have in common. */
  readonly shared: number;
  readonly n: number;
}

const SPREAD = 0.25;
const OUTAGES_PER_UNIT = 8;

function drawDifferences({ gain, shared, n }: GateWorld, seed: number) {
  const rng = createRng(seed);
  // A normal times a log-normal of its own, whose mean square is exp(½).
  const heavy = () => rng.nextNormal() * exactExp(0.5 * rng.nextNormal() - 0.25);
  const nUnits = Math.max(1, Math.round(n / OUTAGES_PER_UNIT));
  const ofUnit = Array.from({ length: nUnits }, heavy);
  const units = Int32Array.from({ length: n }, () => rng.nextBelow(nUnits));
  const differences = Float64Array.from(units, (unit) => {
    const noise = Math.sqrt(shared) * (ofUnit[unit] ?? 0) + Math.sqrt(1 - shared) * heavy();
    return gain + SPREAD * noise;
  });
  return { rng, units, differences };
}

/** Plain models: outages of some length, the old one wrong by 1 or more, the new one by that and the difference. */
export function createGateQuestion(world: GateWorld, seed: number): GateQuestion {
  const { rng, units, differences } = drawDifferences(world, seed);
  const actual = differences.map(() => 50 + 20 * rng.nextFloat());
  const oldErrors = differences.map(
    (difference) => Math.max(0, -difference) + exactExp(0.8 * rng.nextNormal() - 0.32),
  );
  const unsaid: Omit<GatedModel, 'predicted'> = { levels: null, learnt: Array.from(actual, () => false) };
  return {
    unit: 'day',
    actual,
    old: { ...unsaid, predicted: actual.map((value, i) => value - (oldErrors[i] ?? 0)) },
    new: {
      ...unsaid,
      predicted: actual.map((value, i) => value - (oldErrors[i] ?? 0) - (differences[i] ?? 0)),
    },
    units,
    classes: [],
    rows: { read: world.n, finished: world.n, underWay: 0 },
    dropsLearnt: false,
    seed,
  };
}

export interface GateRates {
  /** Passes by "new error < old error" alone. */
  readonly smaller: number;
  /** Its 95 % bound lies below 0: by the gate as a whole. */
  readonly proven: number;
  /** The same without the rule that the squared error be smaller too. */
  readonly bounded: number;
  readonly deployed: number;
}

/** How often verdicts come out over seeded worlds. */
export function countVerdicts(world: GateWorld, nWorlds: number, seed: number, nFlips: number): GateRates {
  const reports = Array.from({ length: nWorlds }, (_, i) =>
    judgeChallenger(createGateQuestion(world, deriveSeed(seed, i)), nFlips),
  );
  const share = (holds: (report: GateReport) => boolean) => reports.filter(holds).length / nWorlds;
  return {
    smaller: share(({ difference }) => (difference?.value ?? 0) < 0),
    proven: share(({ verdict }) => verdict === 'proven-better'),
    bounded: share(({ difference }) => (difference?.high ?? 0) < 0),
    deployed: share(({ deploy }) => deploy),
  };
}

/** How often a shadow over n outages ever calls an equal model better, or worse. */
export function countShadowAlarms(nWorlds: number, n: number, gain: number, seed: number) {
  const said = Array.from({ length: nWorlds }, (_, i) => {
    const gate = drawDifferences({ name: '', gain: 0, shared: 0, n: 200 }, deriveSeed(seed, 2 * i));
    const { differences } = drawDifferences({ name: '', gain, shared: 0, n }, deriveSeed(seed, 2 * i + 1));
    return readShadow(differences.reduce(updateShadow, startShadow(gate.differences)));
  });
  const share = (what: string) => said.filter((each) => each === what).length / nWorlds;
  return { better: share('better'), worse: share('worse') };
}
