import { openSoundModel } from '#inference/open-sound-model.ts';
import type { ModelAtWork } from '#inference/open-model.ts';

/** A model that answers requests: its file was read, its hash compared, and its reference answers came out as written. */
export interface ServedModel {
  readonly name: string;
  /** SHA-256 of the file's content: the version. */
  readonly hash: string;
  readonly model: ModelAtWork;
  /** Of each input by its name. */
  readonly positionOf: ReadonlyMap<string, number>;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
}

/** Opens a model file for service. Errors: those of `openSoundModel`. */
export function openServedModel(name: string, text: string, openedAt: number): ServedModel {
  const model = openSoundModel(name, text);
  const { features, hash } = model.summary;
  const positionOf = new Map(features.map((feature, position) => [feature.name, position]));
  return { name, hash, model, positionOf, openedAt };
}
