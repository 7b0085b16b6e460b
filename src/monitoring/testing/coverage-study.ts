import { MS_PER_DAY } from '#data/dates.ts';
import { recordCoverage } from '../coverage-record.ts';
import { announceStream, plantStream, world } from './streams.ts';

/** Coverage of a true P80 over many worlds, looking back so many days. */
export interface CoverageStudy {
  /** Judged when the P80 passes, and among ended outages. */
  readonly judged: number;
  readonly ended: number;
  /** Outages begun within the time that could be judged. */
  readonly usable: number;
}

export function studyCoverage(days: number, nWorlds: number): CoverageStudy {
  const counts = { held: 0, judged: 0, heldOfEnded: 0, ended: 0, all: 0 };
  for (let seed = 1; seed <= nWorlds; seed++) {
    const n = Math.round((days / 365) * world.perYear);
    const until = world.origin + (n / world.perYear) * 365 * MS_PER_DAY;
    const seen = announceStream(plantStream(seed, { n })).map((outage) =>
      outage.start + (outage.lasted ?? 0) > until ? { ...outage, lasted: null } : outage,
    );
    const { p80, p80OfEnded } = recordCoverage(seen, until);
    counts.held += p80.held;
    counts.judged += p80.n;
    counts.heldOfEnded += Math.round((p80OfEnded?.share ?? 0) * (p80OfEnded?.n ?? 0));
    counts.ended += p80OfEnded?.n ?? 0;
    counts.all += n;
  }
  return {
    judged: counts.held / counts.judged,
    ended: counts.heldOfEnded / counts.ended,
    usable: counts.judged / counts.all,
  };
}
