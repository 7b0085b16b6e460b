import type { Crew, Hand } from '#base/crew.ts';
import { linkHand, type HandLink, type RunningPart } from './hand-link.ts';

/** The crew of one job, and how its endings reach the hands. */
export interface JobCrew extends Crew {
  readonly cancel: () => void;
  readonly stop: () => void;
  /** The job is over: the hands let go of its data and stand by for the next. */
  readonly close: () => void;
}

/** More hands than this bring little: the parts of one job are some dozens. */
const MAX_HANDS = 7;

/** What all hands together may hold of copies, and how many times its size a hand takes for shared data. */
const BUDGET_BYTES = 2 ** 30;
const COPIES = 4;

/** How many other cores there are to work on, and may be used. */
export function countHands(nCores: number): number {
  return Math.max(0, Math.min(MAX_HANDS, nCores - 1));
}

interface Recruitment {
  readonly nWanted: number;
  readonly offer: (link: HandLink) => void;
}

/**
 * The hands of a worker. They are called when a job first has parts for them, join when they stand ready, and are
 * kept for the next job. `call(count)` asks whoever starts threads for so many in all, each to come by `addHand`;
 * `drop(id)` tells that one is of no use any more.
 */
export function createGang(
  nHands: number,
  { call, drop }: { readonly call: (count: number) => void; readonly drop: (id: number) => void },
) {
  const links = new Map<number, HandLink>();
  const recruitments = new Set<Recruitment>();
  let nextKey = 1;

  function offerAll(recruitment: Recruitment): void {
    const ready = [...links.values()].filter(({ isReady }) => isReady);
    for (const link of ready.slice(0, recruitment.nWanted)) recruitment.offer(link);
  }

  function openJob(): JobCrew {
    const keys = new Map<object, number>();
    const running = new Set<RunningPart>();

    function employ(link: HandLink, shared: object, mine: Set<RunningPart>): Hand {
      const key = keys.get(shared) ?? nextKey++;
      keys.set(shared, key);
      return {
        run: async (name, request, onProgress) => {
          const part = link.run({ name, request, key, shared, onProgress });
          for (const list of [running, mine]) list.add(part);
          try {
            return await part.outcome;
          } finally {
            for (const list of [running, mine]) list.delete(part);
          }
        },
      };
    }

    return {
      recruit(shared, onHand) {
        const mine = new Set<RunningPart>();
        const offered = new Set<HandLink>();
        const nWanted = Math.min(nHands, Math.floor(BUDGET_BYTES / (COPIES * countBytes(shared))));
        const recruitment: Recruitment = {
          nWanted,
          offer: (link) => {
            if (offered.has(link)) return;
            offered.add(link);
            onHand(employ(link, shared, mine));
          },
        };
        recruitments.add(recruitment);
        if (links.size < nWanted) call(nWanted);
        offerAll(recruitment);
        return () => {
          recruitments.delete(recruitment);
          for (const part of mine) part.cancel();
        };
      },
      cancel: () => {
        for (const part of running) part.cancel();
      },
      stop: () => {
        for (const part of running) part.stop();
      },
      close: () => {
        for (const link of links.values()) link.forget([...keys.values()]);
      },
    };
  }

  return {
    openJob,
    countBusy: () => [...links.values()].filter(({ isBusy }) => isBusy).length,
    addHand(id: number, port: MessagePort): void {
      const link = linkHand(port, {
        onReady: () => {
          for (const recruitment of recruitments) offerAll(recruitment);
        },
        onLost: () => {
          links.delete(id);
          drop(id);
        },
      });
      links.set(id, link);
    },
    loseHand(id: number): void {
      links.get(id)?.lose();
    },
  };
}

/** Bytes of the typed arrays in plain data, at least 1. */
function countBytes(data: unknown): number {
  if (ArrayBuffer.isView(data)) return Math.max(1, data.byteLength);
  if (typeof data !== 'object' || data === null) return 1;
  return Object.values(data).reduce((sum: number, value) => sum + countBytes(value), 1);
}
