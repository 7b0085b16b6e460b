import { readFile } from 'node:fs/promises';
import type { TrainingSettings } from '#training/contract.ts';
import { withPreset } from '#training/training-settings.ts';
import { readTunedSettings, toTrainingSettings } from '#tuning/settings-space.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

/** The settings of a training with those that `--preset` or `--settings F.json` says. Throws `UsageError`, `invalid-setting`. */
export async function readChosenSettings(
  options: Options,
  settings: TrainingSettings,
): Promise<TrainingSettings> {
  const preset = options.choice('preset', ['default', 'reference']);
  const path = options.text('settings');
  if (path === undefined) return preset ? withPreset(settings, preset) : settings;
  if (preset) throw new UsageError('--settings and --preset both say how to boost: name one of them');
  return { ...settings, ...toTrainingSettings(readTunedSettings(await readJson(path, 'settings'))) };
}

/** Throws `UsageError` for what is no JSON. */
export async function readJson(path: string, option: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`--${option} ${path}: ${problem}`);
  }
}
