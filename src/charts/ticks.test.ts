import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateScale, linearScale, logScale } from './ticks.ts';

describe('linearScale', () => {
  it('steps by 1, 2 or 5 times a power of ten', () => {
    expect(linearScale(0.3, 9.4).ticks).toEqual([0, 2, 4, 6, 8, 10]);
    expect(linearScale(-0.12, 0.31).ticks).toEqual([-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]);
  });

  it('holds every value, whatever the limits', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { domain, ticks } = linearScale(low, high);
        const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
        expect(domain[0]).toBeLessThanOrEqual(low + slack);
        expect(domain[1]).toBeGreaterThanOrEqual(high - slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe('logScale', () => {
  it('takes 1, 2 and 5, and powers of ten alone where there are many', () => {
    expect(logScale(3, 40)).toEqual({ domain: [2, 50], ticks: [2, 5, 10, 20, 50] });
    expect(logScale(1, 1100).ticks).toEqual([1, 10, 100, 1000]);
  });

  it('holds every value', () => {
    const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const { domain } = logScale(Math.min(a, b), Math.max(a, b));
        expect(domain[0]).toBeLessThanOrEqual(Math.min(a, b));
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(a, b));
      }),
    );
  });
});

describe('dateScale', () => {
  const years = (ticks: readonly number[]) => ticks.map((tick) => new Date(tick).toISOString().slice(0, 7));

  it('starts years on the first of January, months on their first', () => {
    expect(years(dateScale(Date.UTC(2011, 2, 4), Date.UTC(2022, 5, 1)).ticks)).toEqual(
      ['2010', '2012', '2014', '2016', '2018', '2020', '2022', '2024'].map((year) => `${year}-01`),
    );
    expect(years(dateScale(Date.UTC(2024, 1, 10), Date.UTC(2024, 7, 1)).ticks)).toEqual(
      ['02', '03', '04', '05', '06', '07', '08'].map((month) => `2024-${month}`),
    );
  });

  it('holds every instant', () => {
    const instant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const { domain, ticks } = dateScale(Math.min(a, b), Math.max(a, b));
        expect(domain[0]).toBeLessThanOrEqual(Math.min(a, b));
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(a, b));
        expect(ticks.length).toBeLessThanOrEqual(12);
      }),
    );
  });
});
