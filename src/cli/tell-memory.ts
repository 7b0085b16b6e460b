import { tell, type Terminal } from './streams.ts';

/** Less is of no interest on any machine. */
const MUCH_BYTES = 2 ** 30;

/** Says before long work how much memory it will take: where that is much, and where it is more than there is. */
export function tellMemory(foreseen: number, free: number, terminal: Terminal): void {
  const { words } = terminal;
  // No more digits than an estimate has.
  const needed = Math.ceil((10 * foreseen) / 2 ** 30) * (2 ** 30 / 10);
  if (needed > free) {
    const sentence = words.t('report.memoryShort', { needed, free });
    tell(terminal, [words.pair(words.t('report.warning'), sentence)]);
  } else if (needed > MUCH_BYTES) tell(terminal, [words.t('report.memory', { needed })]);
}

/** Where a training takes more of the memory, it is better done beside this machine. */
const MOST_SHARE = 0.6;

/** Says how to train on several machines where this one is too small, before any work. */
export function offerHandOver(needed: number, free: number, terminal: Terminal): void {
  if (needed <= MUCH_BYTES || needed <= MOST_SHARE * free) return;
  const { t, format } = terminal.words;
  tell(terminal, [t('exchange.offerHandOver', { needed: format.bytes(needed), free: format.bytes(free) })]);
}
