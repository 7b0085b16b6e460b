/**
 * How far monitoring keeps its promises, on planted streams and on the real fleet: `npm run study:monitoring [STREAMS] [FILE]`.
 * Decision 0066 has the figures of 28 November 2026. With a file of outages (train to 2015, the rest announced): what is found of
 * +20 % on one series, a unit whose code changes, a column that stands still. All seeded; some ten minutes.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { main } from '#cli/main.ts';
import { HANDICAP } from '#monitoring/due-question.ts';
import { createEProcess } from '#monitoring/e-process.ts';
import { createShiryaevRoberts } from '#monitoring/shiryaev-roberts.ts';
import { studyCoverage } from '#monitoring/testing/coverage-study.ts';
import type { DetectorScore } from '#monitoring/testing/detector-scores.ts';
import { studyCalendar, studyCohorts, studyPlaces } from '#monitoring/testing/detector-study.ts';

const [streams = '400', file = '../shared/data/arrets_tranche_2011_2023.csv'] = process.argv.slice(2);
const seeds = Array.from({ length: Number(streams) }, (_, i) => i + 1);

const tell = (name: string, { falseAlarms, found, medianDelay, p90Delay }: DetectorScore) =>
  console.log(
    [
      name,
      falseAlarms.toFixed(3),
      found?.toFixed(2) ?? '–',
      medianDelay ?? '–',
      p90Delay?.toFixed(0) ?? '–',
    ].join(' | '),
  );

console.log('looking back | judged when P80 passes | among ended | usable');
for (const days of [120, 365]) {
  const { judged, ended, usable } = studyCoverage(days, 10 * seeds.length);
  console.log([days, judged.toFixed(3), ended.toFixed(3), usable.toFixed(2)].join(' | '));
}

const changes = {
  null: undefined,
  '+0.5 sd': { at: 70, shift: 0.5, widening: 1 },
  '+1 sd': { at: 70, shift: 1, widening: 1 },
  'spread × 1.5': { at: 70, shift: 0, widening: 1.5 },
};
const detectors = [
  [createEProcess(), HANDICAP.proof],
  [createShiryaevRoberts(), HANDICAP.watch],
] as const;
console.log('\nstreams of 350, change at 70 | false alarms | found | median delay | p90');
for (const [name, change] of Object.entries(changes)) {
  const settings = { n: 350, ...(change && { change }) };
  for (const [detector, nErrors] of detectors) {
    const told = `${name}, ${detector.name}`;
    tell(`${told}, one place an outage`, studyPlaces(detector, settings, seeds));
    tell(`${told}, places once cohorts are over`, studyCohorts(detector, settings, seeds));
    tell(`${told}, level by level by the calendar`, studyCalendar(detector, settings, seeds));
    for (const nCalibration of [60, 100, 400]) {
      const calibrated = { ...settings, nCalibration };
      tell(`${told}, on ${nCalibration} past outages, as is`, studyPlaces(detector, calibrated, seeds));
      tell(`${told}, on ${nCalibration}, handicapped`, studyPlaces(detector, calibrated, seeds, nErrors));
    }
  }
}
for (const shared of [0, 0.1, 0.3]) {
  const few = seeds.slice(0, Math.ceil(seeds.length / 2));
  tell(`null, shared ${shared}, singly`, studyCalendar(createEProcess(), { n: 350, shared }, few));
  tell(`null, shared ${shared}, by month`, studyCalendar(createEProcess(), { n: 350, shared }, few, true));
}

type Row = Record<string, string>;
const injections: Readonly<Record<string, (row: Row) => Row>> = {
  'as it is': (row) => row,
  '+20 % on CP0': (row) =>
    row['palier'] === 'CP0'
      ? { ...row, duree_jours: String(Number(row['duree_jours']) * 1.2), date_fin: '' }
      : row,
  'CATTENOM 3 recoded in 2017': (row) =>
    row['tranche'] === 'CATTENOM 3' && (row['date_debut'] ?? '') > '2017'
      ? { ...row, tranche: 'CAT-T3' }
      : row,
  'age frozen in 2019': (row) =>
    (row['date_debut'] ?? '') > '2019' ? { ...row, age_tranche_ans: '30.1' } : row,
};
if (existsSync(file)) {
  const { data } = Papa.parse<Row>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true });
  const folder = mkdtempSync(join(tmpdir(), 'tranche-study-'));
  for (const [name, change] of Object.entries(injections)) {
    const path = join(folder, 'fleet.csv');
    writeFileSync(
      path,
      Papa.unparse(data.map((row) => ((row['date_debut'] ?? '') > '2016' ? change(row) : row))),
    );
    console.log(`\n${name}`);
    const print = (text: string) => console.log(text.split('\n\n').slice(0, 2).join('\n'));
    const args = ['--replay', path, '--train-to', '2015', '--target', 'duree_jours', '--language', 'fr'];
    await main(['monitor', ...args], { out: print, error: () => {} });
  }
  rmSync(folder, { recursive: true });
} else console.log(`${file} is absent, skipped`);
