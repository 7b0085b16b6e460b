/** How much is written of requests: no data in any case; where these go, capture says. */
export const logLevels = ['off', 'errors', 'requests'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Log {
  readonly event: (name: string, facts?: Readonly<Record<string, unknown>>) => void;
  readonly request: (status: number, facts: () => Readonly<Record<string, unknown>>) => void;
  readonly flush: () => void;
}

/** Lines waiting longer than this would make a log that lags behind; each write by itself would cost more than an answer. */
const FLUSH_AFTER = 100;

/** One JSON object a line, with its time; written together a few times a second. */
export function createLog(level: LogLevel, write: (lines: string) => void): Log {
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    const lines = waiting.join('');
    waiting = [];
    write(lines);
  };
  const put = (facts: Readonly<Record<string, unknown>>) => {
    waiting.push(`${JSON.stringify({ time: new Date().toISOString(), ...facts })}\n`);
    timer ??= setTimeout(flush, FLUSH_AFTER).unref();
  };
  return {
    event: (event, facts) => {
      if (level !== 'off') put({ event, ...facts });
    },
    request: (status, facts) => {
      if (level === 'requests' || (level === 'errors' && status >= 500))
        put({ event: 'request', ...facts() });
    },
    flush,
  };
}
