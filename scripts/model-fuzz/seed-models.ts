import { readdirSync, readFileSync } from 'node:fs';
import { answerAll } from './check-opening.ts';

export interface SeedModel {
  readonly name: string;
  readonly text: string;
  /** What the model answers, as JSON: no other file may be taken for it and answer otherwise. */
  readonly answers: string;
}

const folder = new URL('../../src/models/fixtures/', import.meta.url);

/** The model files of every version and family that are kept. */
export function readSeedModels(): readonly SeedModel[] {
  const names = readdirSync(folder).filter((name) => /^model-v\d+-(?!predictions)/u.test(name));
  return names.map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return { name, text, answers: answerAll(text) };
  });
}
