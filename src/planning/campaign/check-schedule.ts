import type { CampaignOutage, CampaignProblem, OutageMode, Schedule } from './contract.ts';
import { costOf } from './serial-schedule.ts';

/** What is wrong with a schedule: told from the problem alone, not by what made it. Empty: it keeps every limit, and costs what it says. */
export function checkSchedule(
  problem: CampaignProblem,
  { starts, modes, cost }: Schedule,
): readonly string[] {
  const { outages, limits } = problem;
  const wrong: string[] = [];
  if (starts.length !== outages.length) return [`${starts.length} starts of ${outages.length} outages`];
  const placed = outages.map((outage, i) => ({
    outage,
    mode: outage.modes[modes[i] ?? -1],
    start: starts[i] ?? NaN,
  }));
  placed.forEach(({ outage, mode, start }, i) => {
    if (!mode) wrong.push(`outage ${i} has no mode ${modes[i]}`);
    if (!Number.isInteger(start) || start < outage.earliest) {
      wrong.push(`outage ${i} starts on ${start}, before ${outage.earliest}`);
    }
  });
  if (wrong.length > 0) return wrong;
  const sound = placed as readonly { outage: CampaignOutage; mode: OutageMode; start: number }[];
  const peak = (own: typeof sound) =>
    Math.max(
      0,
      ...own.map(({ start: day }) =>
        own.reduce(
          (sum, { mode, start }) => (start <= day && day < start + mode.days ? sum + mode.crew : sum),
          0,
        ),
      ),
    );
  if (limits.all !== null && peak(sound) > limits.all) wrong.push(`${peak(sound)} people of ${limits.all}`);
  for (const [site, limit] of limits.sites) {
    const used = peak(sound.filter(({ outage }) => outage.site === site));
    if (used > limit) wrong.push(`${used} people of ${limit} at ${site}`);
  }
  const sum = sound.reduce(
    (total, { outage, mode, start }) => total + costOf(problem, outage, mode, start),
    0,
  );
  if (Math.abs(sum - cost) > 1e-6 * (1 + Math.abs(sum))) wrong.push(`it costs ${sum}, not ${cost}`);
  return wrong;
}
