/**
 * How often a busy worker is asked for a sign of life, and how many asks in a row may go unanswered: 20 s. On a machine
 * with ten times more work than cores, 4 s of silence were seen from workers that were well; ending one of these costs
 * minutes of training, while a dead one costs its user a wait.
 */
const ASK_EVERY_MS = 500;
const UNANSWERED_ASKS = 40;

/** How many until the first sign: starting takes reading the whole script, and waits like all else on a busy machine. */
const UNANSWERED_AT_START = 120;

/**
 * Notices that a worker has fallen silent: a dead worker raises no event. Its answers and its heartbeat are signs of life.
 *
 * Counts asks and not time, so that a laptop that slept or a throttled tab does not look like a dead worker.
 */
export function watchForSilence(options: { readonly ping: () => void; readonly onSilence: () => void }) {
  let timer: ReturnType<typeof setInterval> | null = null;
  let unanswered = 0;
  let hasSpoken = false;

  function ask(): void {
    if (unanswered >= (hasSpoken ? UNANSWERED_ASKS : UNANSWERED_AT_START)) {
      rest();
      options.onSilence();
      return;
    }
    unanswered++;
    options.ping();
  }

  function rest(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
    unanswered = 0;
  }

  return {
    start(): void {
      timer ??= setInterval(ask, ASK_EVERY_MS);
    },
    hear(): void {
      unanswered = 0;
      hasSpoken = true;
    },
    /** Another worker is being started in its place. */
    expectNew(): void {
      unanswered = 0;
      hasSpoken = false;
    },
    rest,
  };
}
