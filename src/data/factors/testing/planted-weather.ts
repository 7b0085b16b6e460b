import { createRng } from '#base/random.ts';
import { MS_PER_DAY, writeDay } from '../../dates.ts';

/** Outages that a second file explains, and that file. */
export interface PlantedWeather {
  readonly outages: string;
  readonly weather: string;
}

const sites = ['Nord', 'Sud', 'Est'];
const first = Date.UTC(2012, 0, 1);
const nDays = 365 * 8;

/**
 * Outages whose duration is 10 days and more the colder the week before them was; `bruit` is a factor without any say. The
 * cold comes in spells of two weeks, apart at each site, on top of the season.
 */
export function plantWeather(nOutages: number, seed = 1): PlantedWeather {
  const random = createRng(seed);
  const spells = sites.map(() => Array.from({ length: nDays / 14 + 1 }, () => random.nextFloat() * 16 - 8));
  const coldOf = (site: number, day: number) =>
    10 - 8 * Math.cos((2 * Math.PI * day) / 365.25) + (spells[site]?.[Math.floor(day / 14)] ?? 0);
  const weather = ['jour;site;temperature;bruit'];
  for (let day = 0; day < nDays; day++) {
    for (const [site, name] of sites.entries()) {
      weather.push(
        `${writeDay(first + day * MS_PER_DAY)};${name.toUpperCase()};${coldOf(site, day).toFixed(2)};${(random.nextFloat() * 10).toFixed(2)}`,
      );
    }
  }
  const outages = ['site;debut;type;duree (jours)'];
  for (let i = 0; i < nOutages; i++) {
    const site = random.nextBelow(sites.length);
    const day = 40 + random.nextBelow(nDays - 80);
    let week = 0;
    for (let back = 1; back <= 7; back++) week += coldOf(site, day - back) / 7;
    const duration = 40 - 1.2 * week + random.nextFloat() * 12;
    outages.push(
      `${sites[site]};${writeDay(first + day * MS_PER_DAY)};${i % 3 === 0 ? 'VP' : 'ASR'};${duration.toFixed(2)}`,
    );
  }
  return { outages: outages.join('\n'), weather: weather.join('\n') };
}
