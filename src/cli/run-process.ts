import { constants } from 'node:os';
import { AppError } from '#base/errors.ts';
import { wordsIn, type Words } from '#language/words.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { main } from './main.ts';
import { toOutputError } from './output-file.ts';
import { takeLanguage } from './take-language.ts';
import { writeError } from './write-error.ts';

/**
 * The command line as a process: its streams, the signals that end it, its exit code.
 *
 * A reader that closes its pipe early is no fault: what it no longer wants is dropped in silence, and files are
 * written all the same. A signal is heard when the event loop turns, within some tenths of a second.
 */
export async function runProcess(): Promise<void> {
  const argv = process.argv.slice(2);
  const { stdout, stderr } = process;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      stderr.write(writeError(new AppError('cancelled', `${name}: no file is half written`), wordsOf(argv)));
      process.exit(exitCodes.signal + constants.signals[name]);
    });
  }
  stderr.on('error', () => {});
  stdout.on('error', (thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'EPIPE') return;
    const error = toOutputError('stdout', thrown);
    stderr.write(writeError(error, wordsOf(argv)));
    process.exit(exitCodeOf(error.code));
  });
  process.exitCode = await main(argv, {
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
  });
}

function wordsOf(argv: readonly string[]): Words {
  try {
    return wordsIn(takeLanguage(argv).language);
  } catch {
    return wordsIn('en');
  }
}
