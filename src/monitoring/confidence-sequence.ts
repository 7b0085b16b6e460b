/** How often something held of n times it was judged, with bounds that hold whenever one looks. */
export interface HeldShare {
  readonly held: number;
  readonly n: number;
  /** Null of none. */
  readonly share: number | null;
  readonly low: number;
  readonly high: number;
}

const CONFIDENCE = 0.95;
/** Halvings of [0, 1]: to a billionth. */
const N_HALVINGS = 30;

/**
 * A share with the true ones that no bet has yet refuted: the game against each is the mixture of all bets on a coin with
 * Jeffreys' weights (the betting confidence sequence of Waudby-Smith & Ramdas 2024, for what is held or not). The true share
 * is ever left out with 5 % at most, whenever and how often one looks. O(n).
 */
export function boundShare(held: number, n: number, confidence = CONFIDENCE): HeldShare {
  if (n === 0) return { held, n, share: null, low: 0, high: 1 };
  const share = held / n;
  const mixture = logMixture(held, n);
  const limit = -Math.log(1 - confidence);
  const isRefuted = (p: number) => mixture - logLikelihood(held, n, p) >= limit;
  return {
    held,
    n,
    share,
    low: isRefuted(0) ? findEdge(0, share, isRefuted) : 0,
    high: isRefuted(1) ? findEdge(1, share, isRefuted) : 1,
  };
}

/** Log of Beta(½, ½)'s mean likelihood of any one order of `held` among n: what the bets so far have won, term by term. */
function logMixture(held: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < held; i++) sum += Math.log((i + 0.5) / (i + 1));
  for (let i = 0; i < n - held; i++) sum += Math.log((i + 0.5) / (held + i + 1));
  return sum;
}

function logLikelihood(held: number, n: number, p: number): number {
  return (held === 0 ? 0 : held * Math.log(p)) + (held === n ? 0 : (n - held) * Math.log(1 - p));
}

/** The border between what is refuted, `outside` among it, and what is not, `inside` among it. */
function findEdge(outside: number, inside: number, isRefuted: (p: number) => boolean): number {
  let [far, near] = [outside, inside];
  for (let i = 0; i < N_HALVINGS; i++) {
    const middle = (far + near) / 2;
    if (isRefuted(middle)) far = middle;
    else near = middle;
  }
  return far;
}
