/**
 * Is what was acknowledged still there after the browser was killed? (npm run campaign:kill [-- --kills 100 --cuts 20 --crashes 50 --saves-in-two-tabs 200 --seed 1])
 *
 * In Chromium, with one profile for each kind of place (http://localhost, a plain http host, a file on the disk), the
 * product's own registry saves data, models, scenarios, decisions, settings and second opinions one after the other. In
 * the midst of it the browser is killed, the tab is crashed, or the browser is killed and 64 bytes are cut out of the
 * log of its database; then the page is opened again and every acknowledged save is looked for. Then two tabs save so
 * many things of each kind at the same time. Printed as JSON. Ends
 * with an error where one is gone and nothing was said.
 */
import { type Accident, type Place, runCampaign, runTwoTabs } from './kill-campaign/campaign.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';

function readOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const seed = readOption('seed', 1);
const wanted: Readonly<Record<Accident, number>> = {
  kill: readOption('kills', 100),
  cut: readOption('cuts', 20),
  crash: readOption('crashes', 50),
};
const kinds = ['kill', 'cut', 'crash'] as const satisfies readonly Accident[];
const order = kinds.flatMap((kind, i) => Array.from({ length: wanted[kind] }, () => i));
shuffleInPlace(order, createRng(seed));
const accidents = order.map((i) => kinds[i] as Accident);

const places: readonly Place[] = ['localhost', 'intranet', 'file'];
let isKept = true;
for (const [i, place] of places.entries()) {
  // Each place has its share of every kind.
  const share = accidents.filter((_, at) => at % places.length === i);
  if (share.length === 0) continue;
  const outcome = await runCampaign(place, share, seed + i, (text) => console.error(text));
  console.log(JSON.stringify(outcome, null, 2));
  isKept &&= outcome.lost.length === 0;
}
const rounds = readOption('saves-in-two-tabs', 200);
if (rounds > 0) {
  const outcome = await runTwoTabs(rounds);
  console.log(JSON.stringify(outcome, null, 2));
  isKept &&= outcome.lost.length === 0;
}
process.exitCode = isKept ? 0 : 1;
