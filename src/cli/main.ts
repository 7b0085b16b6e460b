import { existsSync } from 'node:fs';
import { toAppError } from '#base/errors.ts';
import { wordsIn } from '#language/words.ts';
import { runEvaluate } from './evaluate-command.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { runGate } from './gate-command.ts';
import { runGenerate } from './generate-command.ts';
import { runInspect } from './inspect-command.ts';
import { runMonitor } from './monitor-command.ts';
import { runOptimise } from './optimise-command.ts';
import { runPredict } from './predict-command.ts';
import { runRetrain } from './retrain-command.ts';
import { runCheckStore, runHistory, runRollback } from './store-commands.ts';
import { runServe } from './serve-command.ts';
import { takeLanguage } from './take-language.ts';
import type { Streams, Terminal } from './streams.ts';
import { runTrain } from './train-command.ts';
import { runSageMakerTrain } from './sagemaker-train.ts';
import { runTune } from './tune-command.ts';
import { runVersion } from './version-command.ts';
import { UsageError } from './usage-error.ts';
import { usage } from './usage.ts';
import { runWatch } from './watch-command.ts';
import { writeError } from './write-error.ts';

/** Resolves for the exit code, where it says more than that all is done. */
type Command = (args: readonly string[], terminal: Terminal) => Promise<number | void>;

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['inspect', runInspect],
  ['train', runTrain],
  ['tune', runTune],
  ['predict', runPredict],
  ['evaluate', runEvaluate],
  ['gate', runGate],
  ['version', runVersion],
  ['optimise', runOptimise],
  ['monitor', runMonitor],
  ['generate', runGenerate],
  ['retrain', runRetrain],
  ['watch', runWatch],
  ['rollback', runRollback],
  ['history', runHistory],
  ['check-store', runCheckStore],
  ['serve', runServe],
]);

/** Runs one command line and gives the exit code; an error is one line, `CODE: sentence (detail)`, on the error stream. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let words = wordsIn('en');
  const [name] = argv;
  if (name === undefined || name === 'help' || argv.includes('--help')) {
    streams.out(usage);
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  if (argv.length === 1 && name === 'train' && existsSync('/opt/ml/input/config')) {
    return runSageMakerTrain({ ...streams, words });
  }
  try {
    const command = commands.get(name);
    if (!command) throw new UsageError(`no command "${name}"; there are: ${[...commands.keys()].join(', ')}`);
    const { language, args } = takeLanguage(argv.slice(1));
    words = wordsIn(language);
    return (await command(args, { ...streams, words })) ?? exitCodes.done;
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
