import { toAppError, type AppError } from '#base/errors.ts';
import { describeError } from '#language/error-words.ts';
import { wordsIn, type Words } from '#language/words.ts';
import { runEvaluate } from './evaluate-command.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { runGate } from './gate-command.ts';
import { runGenerate } from './generate-command.ts';
import { runInspect } from './inspect-command.ts';
import { runMonitor } from './monitor-command.ts';
import { runOptimise } from './optimise-command.ts';
import { runPredict } from './predict-command.ts';
import { takeLanguage } from './take-language.ts';
import type { Streams, Terminal } from './streams.ts';
import { runTrain } from './train-command.ts';
import { runTune } from './tune-command.ts';
import { UsageError } from './usage-error.ts';
import { usage } from './usage.ts';

type Command = (args: readonly string[], terminal: Terminal) => Promise<void>;

const commands: ReadonlyMap<string, Command> = new Map([
  ['inspect', runInspect],
  ['train', runTrain],
  ['tune', runTune],
  ['predict', runPredict],
  ['evaluate', runEvaluate],
  ['gate', runGate],
  ['optimise', runOptimise],
  ['monitor', runMonitor],
  ['generate', runGenerate],
]);

/** Runs one command line and gives the exit code; an error is one line, `CODE: sentence (detail)`, on the error stream. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let words = wordsIn('en');
  const [name] = argv;
  if (name === undefined || name === 'help' || argv.includes('--help')) {
    streams.out(usage);
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  try {
    const command = commands.get(name);
    if (!command) throw new UsageError(`no command "${name}"; there are: ${[...commands.keys()].join(', ')}`);
    const { language, args } = takeLanguage(argv.slice(1));
    words = wordsIn(language);
    await command(args, { ...streams, words });
    return exitCodes.done;
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      streams.error(`usage: ${thrown.message}\n(--help lists what there is)\n`);
      return exitCodes.usage;
    }
    const error = toAppError(thrown);
    streams.error(writeError(error, words));
    return exitCodeOf(error.code);
  }
}

/** The sentence is the reader's, the detail in neutral English: names, values and bounds. */
export function writeError({ code, message, details }: AppError, { t }: Words): string {
  const what = code === 'file-unreadable' ? t('report.fileUnreadable') : describeError(t, code, details).what;
  return `${code}: ${what} (${message})\n`;
}
