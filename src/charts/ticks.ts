export interface AxisScale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** Round limits around [min, max] and the ticks between them: steps of 1, 2 or 5 times a power of ten. */
export function linearScale(min: number, max: number, nTicks = 6): AxisScale {
  // Values that differ by rounding alone are one value.
  const size = Math.max(Math.abs(min), Math.abs(max));
  const span = max - min > Math.max(1e-9 * size, 1e-12) ? max - min : Math.max(size, 1e-12);
  const step = niceStep(span / Math.max(1, nTicks - 1));
  const low = Math.floor(min / step + 1e-9) * step;
  const high = Math.max(Math.ceil(max / step - 1e-9) * step, low + step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => cleanFloat(low + i * step, step));
  return { domain: [ticks[0] as number, ticks.at(-1) as number], ticks };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

function cleanFloat(value: number, step: number): number {
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(value.toFixed(Math.min(decimals, 12)));
}

/** Limits and ticks of a logarithmic axis over positive values: 1, 2 and 5 times powers of ten, thinned when many. */
export function logScale(min: number, max: number): AxisScale {
  const from = Math.floor(Math.log10(min));
  const to = Math.ceil(Math.log10(max));
  const all: number[] = [];
  for (let power = from; power <= to; power++) {
    for (const lead of [1, 2, 5]) all.push(cleanFloat(lead * 10 ** power, 10 ** power));
  }
  const low = all.findLast((tick) => tick <= min) ?? min;
  const high = all.find((tick) => tick >= max) ?? max;
  const inside = all.filter((tick) => tick >= low && tick <= high);
  const isPower = (tick: number) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9;
  return { domain: [low, high], ticks: inside.length > 9 ? inside.filter(isPower) : inside };
}

/** Decimals that tell the ticks of a linear axis apart. */
export function countTickDecimals(ticks: readonly number[]): number {
  const [first = 0, second = 1] = ticks;
  return Math.max(0, -Math.floor(Math.log10(Math.abs(second - first)) + 1e-9));
}

const DAY_MS = 86_400_000;
/** Steps of a time axis, in months. */
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240];

/**
 * Limits and ticks of an axis of instants (milliseconds, UTC): the first of months or of years, about `nTicks` of
 * them; days where all lie within two months.
 */
export function dateScale(min: number, max: number, nTicks = 6): AxisScale {
  const months = (max - min) / (30.4 * DAY_MS);
  if (months < 2) {
    const { domain, ticks } = linearScale(min / DAY_MS, Math.max(max, min + DAY_MS) / DAY_MS, nTicks);
    return { domain: [domain[0] * DAY_MS, domain[1] * DAY_MS], ticks: ticks.map((day) => day * DAY_MS) };
  }
  const step = monthSteps.find((size) => months / size <= nTicks) ?? 240;
  const first = new Date(min);
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
  const ticks: number[] = [];
  for (let month = Math.floor(start / step) * step; (ticks.at(-1) ?? -Infinity) < max; month += step) {
    ticks.push(Date.UTC(Math.floor(month / 12), month % 12));
  }
  return { domain: [ticks[0] as number, ticks.at(-1) as number], ticks };
}
