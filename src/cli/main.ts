import { toAppError } from '#base/errors.ts';
import { runEvaluate } from './evaluate-command.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { runGenerate } from './generate-command.ts';
import { runPredict } from './predict-command.ts';
import type { Streams } from './streams.ts';
import { runTrain } from './train-command.ts';
import { UsageError } from './usage-error.ts';
import { usage } from './usage.ts';

type Command = (args: readonly string[], streams: Streams) => Promise<void>;

const commands: ReadonlyMap<string, Command> = new Map([
  ['train', runTrain],
  ['predict', runPredict],
  ['evaluate', runEvaluate],
  ['generate', runGenerate],
]);

/** Runs one command line and gives the exit code; an error is one line, `CODE: sentence`, on the error stream. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || argv.includes('--help')) {
    streams.out(usage);
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  try {
    const command = commands.get(name);
    if (!command) throw new UsageError(`no command "${name}"; there are: ${[...commands.keys()].join(', ')}`);
    await command(args, streams);
    return exitCodes.done;
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      streams.error(`usage: ${thrown.message}\n(--help lists what there is)\n`);
      return exitCodes.usage;
    }
    const error = toAppError(thrown);
    streams.error(`${error.code}: ${error.message}\n`);
    return exitCodeOf(error.code);
  }
}
