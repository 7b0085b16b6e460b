import type { Listening } from './listen.ts';

/** So long after probes fail do balancers stop sending; until then new requests are answered. */
const LINGER = 1500;
/** A kill follows after 30 s. */
const HARD_LIMIT = 25_000;

/**
 * Ends a service without losing a request: probes have failed since before, answers close their connections, requests are
 * still taken for a while, then none, and those under way are answered. Resolves once the last connection is closed.
 */
export async function drain({ server, closeBehind }: Listening, linger = LINGER): Promise<void> {
  closeBehind();
  await new Promise((resolve) => setTimeout(resolve, linger));
  const hard = setTimeout(() => server.closeAllConnections(), HARD_LIMIT - linger);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(hard);
}
