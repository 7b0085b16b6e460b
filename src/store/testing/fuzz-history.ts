import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { readScenario } from '#registry/read-records.ts';
import type { ScenarioBook, ScenarioLog } from '#registry/records.ts';
import {
  findFreeName,
  fromRecord,
  logStep,
  MOST_STEPS,
  moveNamed,
  noSteps,
  takeAgain,
  takeBack,
  toRecord,
} from '../scenario-book.ts';

interface Shown {
  readonly book: ScenarioBook;
  readonly log: ScenarioLog;
}

const start: ScenarioBook = {
  scenario: { cells: [20, 'VP', null, 5], origin: null, isOwn: false, typed: [] },
  reference: { cells: [20, 'VP', null, 5], origin: null, isOwn: false, typed: [] },
  targetDuration: null,
  elapsed: null,
  plan: null,
  named: [],
};

/** Any of what can be done to scenarios and levers, at random. */
function change(book: ScenarioBook, rng: Rng): ScenarioBook {
  const { scenario, named } = book;
  const one = named[rng.nextBelow(Math.max(1, named.length))];
  const cells = scenario.cells.with(rng.nextBelow(4), rng.nextBelow(4) === 0 ? null : rng.nextBelow(40));
  const id = `s${rng.nextUint32()}`;
  const others = named.filter((each) => each !== one);
  const actions: readonly (() => ScenarioBook)[] = [
    () => ({ ...book, scenario: { ...scenario, cells, typed: [...(scenario.typed ?? []), 1] } }),
    () => ({ ...book, scenario: { ...scenario, cells }, targetDuration: null }),
    () => ({ ...book, scenario: book.reference }),
    () => ({ ...book, reference: { ...scenario, isOwn: true } }),
    () => ({ ...book, targetDuration: rng.nextBelow(3) === 0 ? null : rng.nextFloat() * 50 }),
    () => ({ ...book, elapsed: rng.nextBelow(3) === 0 ? null : rng.nextBelow(9) }),
    () => ({
      ...book,
      plan: {
        levers: [{ column: 'Effectif', min: rng.nextBelow(9), ...(rng.nextBelow(2) && { frozen: true }) }],
        objective: 'p80',
        timeCost: rng.nextBelow(100),
        costLevel: 'p50',
        isTarget: false,
        atMost: null,
        least: 'change',
      },
    }),
    () => ({ ...book, named: [...named, { id, name: findFreeName(named, 'Étude'), cells: scenario.cells }] }),
    () => ({ ...book, named: others }),
    () => ({ ...book, named: one ? moveNamed(named, one.id, rng.nextBelow(2) === 0 ? -1 : 1) : named }),
    () => ({ ...book, named: one ? [...others, { ...one, name: findFreeName(others, 'Autre') }] : named }),
    () => ({ ...book, named: one ? named.map((each) => (each === one ? { ...one, cells } : each)) : named }),
  ];
  return (actions[rng.nextBelow(actions.length)] ?? (() => book))();
}

/** As a tab that is closed and opened again has it. */
function reload({ book, log }: Shown): Shown {
  const kept = readScenario(structuredClone(toRecord('m', book, log)));
  return kept ? fromRecord(kept) : { book: start, log: noSteps };
}

function move(shown: Shown, by: typeof takeBack): Shown | null {
  const moved = by(shown.log);
  return moved && { book: { ...shown.book, ...moved.changes }, log: moved.log };
}

function moveAll(from: Shown, by: typeof takeBack, rng: Rng): Shown {
  let shown = from;
  for (let next = move(shown, by); next !== null; next = move(shown, by)) {
    shown = rng.nextBelow(20) === 0 ? reload(next) : next;
  }
  return shown;
}

/**
 * A history of random steps, some taken back and again on the way, with reloads anywhere. Null where taking all back gives
 * the first state, and taking all again the last one, byte for byte; else what went wrong.
 */
export function checkHistory(seed: number, index: number): string | null {
  const rng = createRng(deriveSeed(seed, index));
  const write = ({ book }: Shown) => JSON.stringify(book);
  let shown: Shown = { book: start, log: noSteps };
  for (let step = 1 + rng.nextBelow(MOST_STEPS); step > 0; step--) {
    const kind = rng.nextBelow(10);
    if (kind === 0) shown = move(shown, takeBack) ?? shown;
    else if (kind === 1) shown = move(shown, takeAgain) ?? shown;
    else {
      const book = change(shown.book, rng);
      shown = { book, log: logStep(shown.log, shown.book, book, rng.nextBelow(5) === 0) };
    }
    if (rng.nextBelow(20) === 0) shown = reload(shown);
  }
  const whole = moveAll(shown, takeAgain, rng);
  const first = moveAll(whole, takeBack, rng);
  if (write(first) !== JSON.stringify(start)) return `the first state became ${write(first)}`;
  const last = moveAll(first, takeAgain, rng);
  return write(last) === write(whole) ? null : `${write(whole)} became ${write(last)}`;
}
