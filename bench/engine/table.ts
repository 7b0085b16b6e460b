import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Figure } from './figure.ts';

export function formatFigure({ name, value, unit }: Figure): string {
  const digits = value >= 1000 ? 0 : value >= 10 ? 1 : 3;
  return `${name.padEnd(72)} ${value.toFixed(digits).padStart(10)} ${unit}`;
}

/** Writes the figures of one run, with where and when, into the ignored folder bench/out. */
export function saveFigures(name: string, engine: string, figures: readonly Figure[]): void {
  mkdirSync('bench/out', { recursive: true });
  const facts = { engine, processor: cpus()[0]?.model, date: new Date().toISOString(), figures };
  writeFileSync(`bench/out/${name}.json`, `${JSON.stringify(facts, null, 2)}\n`);
}
