/** Gives a signal a call, and aborts the one before: what was asked last is all that counts. */
export function createLatestSignal(): () => AbortSignal {
  let latest: AbortController | null = null;
  return () => {
    latest?.abort();
    latest = new AbortController();
    return latest.signal;
  };
}
