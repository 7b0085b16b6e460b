import { AppError } from '#base/errors.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import type { Table } from './table.ts';

export interface SyntheticSettings {
  readonly rows: number;
  /** Standard deviation of the noise, in days. */
  readonly noise: number;
  readonly seed: number;
}

const maxSampleRows = 1_000_000;

/**
 * The simple sample: duration (days) = 5·corrective + 2·complexity − 0.1·crew + 10·(1 − resources) +
 * N(0, noise), with 70 % preventive, complexity 1–9, crew 5–49 and resources in [0, 1).
 */
export function generateSyntheticOutages({ rows, noise, seed }: SyntheticSettings): Table {
  checkSetting('rows', rows, 1, maxSampleRows);
  checkSetting('noise', noise, 0, 1_000);
  const kinds = createRng(deriveSeed(seed, 0));
  const levels = createRng(deriveSeed(seed, 1));
  const errors = createRng(deriveSeed(seed, 2));
  const codes = new Int32Array(rows);
  const complexity = new Float64Array(rows);
  const crew = new Float64Array(rows);
  const resources = new Float64Array(rows);
  const duration = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const isCorrective = kinds.nextFloat() < 0.7 ? 0 : 1;
    const tasks = 1 + levels.nextBelow(9);
    const people = 5 + levels.nextBelow(45);
    const available = levels.nextFloat();
    codes[i] = isCorrective;
    complexity[i] = tasks;
    crew[i] = people;
    resources[i] = available;
    duration[i] =
      5 * isCorrective + 2 * tasks - 0.1 * people + 10 * (1 - available) + noise * errors.nextNormal();
  }
  return {
    nRows: rows,
    columns: [
      { type: 'category', name: 'Type_Maintenance', codes, categories: ['préventive', 'corrective'] },
      { type: 'number', name: 'Complexité', values: complexity },
      { type: 'number', name: 'Effectif', values: crew },
      { type: 'number', name: 'Ressources_Disponibles', values: resources },
      { type: 'number', name: 'Durée', values: duration },
    ],
  };
}

export function checkSetting(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max)) {
    throw new AppError('invalid-setting', `${name} must be in [${min}, ${max}], got ${value}`, {
      name,
      value,
      min,
      max,
    });
  }
}
