const SLACK = 1e-9;

/** True of durations that only a way to the logarithm and back has parted: half of all may last 24 hours, and be announced so. */
export function isSameDuration(a: number, b: number): boolean {
  return Math.abs(a - b) <= SLACK * Math.max(1, Math.abs(a));
}

export function isAtMost(duration: number, bound: number): boolean {
  return duration <= bound || isSameDuration(duration, bound);
}
