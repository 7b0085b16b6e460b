import { describe, expect, it } from 'vitest';
import { createFormats } from './format.ts';

const fr = createFormats('fr');
const en = createFormats('en');

describe('French numbers', () => {
  it('groups with a narrow space and marks decimals with a comma', () => {
    expect(fr.number(12345.7)).toBe('12\u202f345,7');
    expect(fr.percent(0.8)).toMatch(/^80\s%$/u);
    expect(fr.plain(2011)).toBe('2011');
  });

  it('keeps the singular below two', () => {
    expect(fr.duration(1.5, 'day')).toMatch(/^1,5\sjour$/u);
    expect(fr.duration(2, 'day')).toMatch(/^2\sjours$/u);
    expect(fr.duration(0.4, 'hour')).toMatch(/^0,4\sheure$/u);
  });

  it('writes ranges once with their unit, and signs with a true minus', () => {
    expect(fr.durationRange(28, 37, 'day')).toMatch(/^28–37\sjours$/u);
    expect(fr.durationChange(-4.06, 'day')).toMatch(/^\u22124,1\sjours$/u);
    expect(fr.durationChange(4.06, 'day')).toMatch(/^\+4,1\sjours$/u);
  });

  it('writes dates by day, month, year, with the time where it matters', () => {
    const instant = Date.UTC(2026, 10, 23, 7, 5);
    expect(fr.date(instant)).toBe('23/11/2026');
    expect(fr.date(instant, true)).toBe('23/11/2026 07:05');
  });
});

describe('English numbers', () => {
  it('are English', () => {
    expect(en.number(12345.7)).toBe('12,345.7');
    expect(en.duration(1.5, 'day')).toBe('1.5 days');
    expect(en.duration(1, 'day')).toBe('1 day');
    expect(en.percent(0.8)).toBe('80%');
    expect(en.date(Date.UTC(2026, 10, 23))).toBe('23 Nov 2026');
    expect(en.date(Date.UTC(2026, 10, 23, 7, 5), true)).toBe('23 Nov 2026 07:05');
  });
});

describe('what has no number', () => {
  it('is a dash, and an unknown unit adds no word', () => {
    expect(fr.number(NaN)).toBe('–');
    expect(fr.date(NaN)).toBe('–');
    expect(fr.duration(3.24, 'unknown')).toBe('3,2');
  });

  it('is never a negative zero', () => {
    expect(fr.fixed(-0.001, 2)).toBe('0,00');
  });
});

it('writes time spent by its two largest units', () => {
  expect([fr.elapsed(900), fr.elapsed(80_000), fr.elapsed(3_700_000)]).toEqual([
    '1\u00a0s',
    '1\u00a0min 20\u00a0s',
    '1\u00a0h 1\u00a0min',
  ]);
});

it('writes the size of a file as operating systems do', () => {
  expect([fr.bytes(500), fr.bytes(2 ** 20 * 560), fr.bytes(75_400_000)]).toEqual([
    '500\u00a0octets',
    '560\u00a0Mio',
    '71,9\u00a0Mio',
  ]);
});
