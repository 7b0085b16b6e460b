import { describe, expect, it } from 'vitest';
import { findUnitInName, readTimeUnit } from './time-units.ts';

describe('units of time', () => {
  it.each([
    ['Durée (jours)', 'day'],
    ['Durée (j)', 'day'],
    ['duration_hours', 'hour'],
    ['Dauer (h)', 'hour'],
    ['Durée arrêt (min)', 'minute'],
    ['downtime_min', 'minute'],
    ['Durée (sem.)', 'week'],
    ['Dauer in Wochen', 'week'],
    ['Duração (meses)', 'month'],
    ['Nb jours', 'day'],
    ['Durée d’arrêt', null],
    ['Durée', null],
    ['Durée en heures (ou en jours)', null],
    ['J1 durée', null],
  ])('the name %j says %j', (name, unit) => {
    expect(findUnitInName(name)).toBe(unit);
  });

  it('reads the words of six languages whatever their case, accents and final point', () => {
    const words = ['MIN', 'Std.', 'días', 'Sem.', 'mês', 'giorni', 'WK', 'Heures', 'h'];
    const units = ['minute', 'hour', 'day', 'week', 'month', 'day', 'week', 'hour', 'hour'];
    expect(words.map(readTimeUnit)).toEqual(units);
    expect(['GW', 'pers.', '', 'x'].map(readTimeUnit)).toEqual([null, null, null, null]);
  });
});
