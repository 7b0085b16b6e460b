import { createWorkbench } from '#jobs/workbench.ts';
import { writeCampaign } from '#report/campaign-text.ts';
import { writeCampaignJson } from './campaign-json.ts';
import { dialectOptionNames } from './dialect-options.ts';
import { factorOptionNames } from './factor-options.ts';
import { openModelAndData } from './open-model-and-data.ts';
import { type Options, readOptions } from './options.ts';
import type { Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** `campaign M.json F.csv --limit N`: dates and people of the outages of a file, under a limit on people. */
export async function runCampaign(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [
      'limit',
      'site-limit',
      'crew',
      'crew-min',
      'crew-max',
      'site',
      'earliest',
      'deadline',
      'level',
      'link',
      ...Object.keys(costNames),
      ...dialectOptionNames,
      ...factorOptionNames,
    ],
    flags: ['json'],
    nPositionals: 2,
  });
  const level = options.choice('level', ['p50', 'p80']) ?? 'p80';
  const link = options.number('link', LINK);
  if (link < 0 || link > 1) throw new UsageError(`--link must be in [0, 1], got ${link}`);
  const costs = readCosts(options);
  const siteLimits = readSiteLimits(options);
  const column = (name: string) => options.text(name) ?? null;
  const number = (name: string) => (options.text(name) === undefined ? null : options.number(name, 0));
  const workbench = createWorkbench();
  const { ids, context, model } = await openModelAndData(workbench, options, terminal);
  const answer = await workbench.run(
    'plan-campaign',
    {
      ...ids,
      crew: column('crew'),
      site: column('site'),
      earliest: column('earliest'),
      deadline: column('deadline'),
      crewMin: number('crew-min'),
      crewMax: number('crew-max'),
      limit: number('limit'),
      siteLimits,
      costs,
      level,
      link,
    },
    context,
  );
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify(writeCampaignJson(answer, model, level), null, 2)}\n`
      : writeCampaign(answer, model, terminal.words),
  );
}

/** What goes together among outages of one site, where nobody says. */
const LINK = 0.3;

/** Options of costs, and what they are without being given: an outage-day, of waiting too, and ten for a day late. */
const costNames = {
  'day-cost': 1,
  'person-cost': 0,
  'wait-cost': 1,
  'late-cost': 10,
  'move-cost': 0,
} as const;

function readCosts(options: Options) {
  const cost = (name: keyof typeof costNames) => {
    const value = options.number(name, costNames[name]);
    if (value >= 0) return value;
    throw new UsageError(`--${name} must not be below 0, got ${value}`);
  };
  return {
    day: cost('day-cost'),
    person: cost('person-cost'),
    wait: cost('wait-cost'),
    late: cost('late-cost'),
    move: cost('move-cost'),
  };
}

/** `Bugey=40,Blayais=60`. */
function readSiteLimits(options: Options): (readonly [string, number])[] {
  const text = options.text('site-limit');
  if (text === undefined) return [];
  return text.split(',').map((each) => {
    const at = each.lastIndexOf('=');
    const limit = Number(each.slice(at + 1));
    if (at > 0 && Number.isFinite(limit)) return [each.slice(0, at).trim(), limit] as const;
    throw new UsageError(`--site-limit is SITE=N[,SITE=N…], got "${each}"`);
  });
}
