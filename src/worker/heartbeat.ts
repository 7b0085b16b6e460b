/** How often the heartbeat beats, in milliseconds. */
export const HEARTBEAT_MS = 500;

const code = `onmessage = ({ data: port }) => setInterval(() => port.postMessage({ type: 'pong' }), ${HEARTBEAT_MS});`;

/**
 * Starts a tiny worker inside this one that beats on the port until this worker ends.
 *
 * It has a thread of its own, so it beats on while this worker computes and reads no message; and the browser ends
 * it with its owner. So a page that hears nothing knows that the worker is dead and not only busy. Where a worker
 * may not start another, nothing beats, and the page has only the answers to its pings to go by.
 */
export function startHeartbeat(port: MessagePort): void {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  try {
    new Worker(trust(url)).postMessage(port, [port]);
  } catch {
    port.close();
  } finally {
    // The worker has its code by the time it runs; Firefox wants the address until then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

/** Given by a rule where the browser asks for one: the page's own do not reach into a worker. */
function trust(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Rules };
  return trustedTypes?.createPolicy('default', { createScriptURL: (own) => own }).createScriptURL(url) ?? url;
}

// Of the browser's types, what is used here.
interface Rules {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): typeof rules;
}
