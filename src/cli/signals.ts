export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndingSignal = (typeof endingSignals)[number];

let handle: ((signal: EndingSignal) => void) | null = null;

/** From now on a command hears signals itself: they no longer end the process. */
export function takeSignals(take: (signal: EndingSignal) => void): void {
  handle = take;
}

/** Hears signals for the process's whole life; `end` for as long as no command has taken them. */
export function hearSignals(end: (signal: EndingSignal) => void): void {
  for (const name of endingSignals) process.on(name, () => (handle ?? end)(name));
}
