import { AppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { msPerDurationUnit } from '#data/duration-unit.ts';
import type { FileRow } from '#data/row-index.ts';
import { type Column, findColumn } from '#data/table.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type {
  CampaignOutage,
  CampaignProblem,
  CrewLimits,
  FoundSchedule,
} from '#planning/campaign/contract.ts';
import { measureRisk } from '#planning/campaign/campaign-risk.ts';
import { findSchedule, N_TRIED } from '#planning/campaign/find-schedule.ts';
import { findOutageModes } from '#planning/campaign/outage-modes.ts';
import { costOf } from '#planning/campaign/serial-schedule.ts';
import { findClassSupport } from '#planning/class-support.ts';
import { findCurves } from '#planning/doubt/case-curves.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { CampaignAnswer, CampaignRequest, PlacedOutage } from './contract.ts';
import { readCases } from './read-cases.ts';

/**
 * Dates and people of a file of outages to come, under a limit on people: each as it is forecast for the start that its row
 * has, carried out by more or fewer people where these are an input of the model. Errors, before any work: `campaign-limit`,
 * `campaign-no-limit`, `campaign-no-crew`, `campaign-no-start`, `model-columns-missing`, `plan-no-levels`; `campaign-none`,
 * `campaign-crew`.
 */
export async function planCampaign(
  open: ModelAtWork,
  dataset: OpenDataset,
  request: CampaignRequest,
  context: JobContext,
): Promise<CampaignAnswer> {
  const startedAt = context.now();
  if (!open.calibration?.intervals) {
    throw new AppError('plan-no-levels', 'the model has no calibrated levels', {});
  }
  const limits = readLimits(request);
  const asked = readOutages(open, dataset, request);
  const { placed, leftOut, crewColumn } = asked;
  if (placed.length === 0)
    throw new AppError('campaign-none', 'no outage can be placed', { n: leftOut.length });
  const firstDay = Math.min(...placed.map(({ earliest }) => earliest));
  const toDay = (instant: Instant) => Math.round((instant - firstDay) / MS_PER_DAY);
  const problem: CampaignProblem = {
    limits,
    costs: request.costs,
    outages: placed.map(({ site, earliest, deadline, announced, modes }): CampaignOutage => ({
      site,
      earliest: toDay(earliest),
      // A deadline is the day to be over by, that day included.
      deadline: deadline === null ? null : toDay(deadline) + 1,
      announced: announced === null ? null : toDay(announced),
      modes,
    })),
  };
  const found = await findSchedule(problem, context);
  const toInstant = (day: number) => firstDay + day * MS_PER_DAY;
  const chosen = placed.map(({ modes }, i) => modes[found.modes[i] ?? 0] as (typeof modes)[number]);
  const cases = chosen.map(({ cells }) => cells);
  const perDay = msPerDurationUnit(open.description.target.unit) / MS_PER_DAY;
  const curves = findCurves(open, cases, predictCases(open, cases, undefined, 'file')).map(
    (curve, i) => curve?.map((each) => each * perDay) ?? Float64Array.of((chosen[i]?.p80 ?? 1) * perDay),
  );
  const risk = measureRisk(problem, found, curves, request.link);
  const outages = placed.map((outage, i): PlacedOutage => {
    const mode = chosen[i] as (typeof chosen)[number];
    const start = found.starts[i] ?? 0;
    const own = problem.outages[i] as CampaignOutage;
    return {
      row: outage.row,
      name: outage.name,
      site: outage.site,
      earliest: outage.earliest,
      start: toInstant(start),
      end: toInstant(start + mode.days),
      endP80: toInstant(start) + mode.p80 * perDay * MS_PER_DAY,
      crew: mode.crew,
      p50: mode.p50,
      p80: mode.p80,
      late: own.deadline === null ? null : Math.max(0, start + mode.days - own.deadline),
      cost: costOf(problem, own, mode, start),
    };
  });
  return {
    status: found.status,
    crewColumn,
    cost: found.cost,
    bound: found.bound,
    gap: found.cost - found.bound,
    outages,
    leftOut,
    end: Math.max(...outages.map(({ end }) => end)),
    risk: {
      endP50: toInstant(risk.endP50),
      endP80: toInstant(risk.endP80),
      overLimit: risk.overLimit,
      link: request.link,
    },
    onePerson: await priceOnePerson(problem, found, context),
    crewCurve: drawCrew(outages),
    seconds: (context.now() - startedAt) / 1000,
  };
}

function readLimits({ limit, siteLimits }: CampaignRequest): CrewLimits {
  const given = [...(limit === null ? [] : [limit]), ...siteLimits.map(([, each]) => each)];
  if (given.length === 0) throw new AppError('campaign-no-limit', 'no limit on people', {});
  const wrong = given.find((each) => !(each >= 1 && Number.isFinite(each)));
  if (wrong !== undefined) {
    throw new AppError('campaign-limit', `a limit must be at least 1, got ${wrong}`, { value: wrong });
  }
  return { all: limit, sites: new Map(siteLimits) };
}

function readOutages(open: ModelAtWork, dataset: OpenDataset, request: CampaignRequest) {
  const { features } = open.summary;
  const { table, rowOrigins } = dataset.cleaned;
  const column = (name: string | null | undefined): Column | null =>
    (typeof name === 'string' && findColumn(table, name)) || null;
  const roleOf = (role: string) => open.description.roles.find((each) => each.role === role)?.column ?? null;
  const crewColumn =
    request.crew ??
    features.find((each) => each.role === 'lever' && each.type === 'number' && each.isInteger)?.name ??
    null;
  const position = features.findIndex(({ name, type }) => name === crewColumn && type === 'number');
  const people = column(crewColumn);
  if (crewColumn === null || (position < 0 && people?.type !== 'number')) {
    throw new AppError('campaign-no-crew', 'no column of people', tellColumn(request.crew));
  }
  const start = roleOf('start');
  const earliest = column(request.earliest ?? start);
  if (earliest?.type !== 'date') {
    throw new AppError('campaign-no-start', 'no column of earliest starts', tellColumn(request.earliest));
  }
  const site = column(request.site ?? roleOf('group'));
  const announced = column(start);
  const deadline = column(request.deadline);
  if (request.deadline !== null && deadline?.type !== 'date') {
    throw new AppError('unknown-column', `no column of dates ${request.deadline}`, {
      column: request.deadline,
    });
  }
  const name = column(roleOf('identifier')) ?? column(roleOf('group'));
  const dateAt = (of: Column | null, row: number) => {
    const cell = of?.type === 'date' ? readCell(of, row) : null;
    return typeof cell === 'number' && Number.isFinite(cell)
      ? Math.floor(cell / MS_PER_DAY) * MS_PER_DAY
      : null;
  };
  const textAt = (of: Column | null, row: number) => {
    const cell = of ? readCell(of, row) : null;
    return cell === null ? null : String(cell);
  };
  const placed: (Omit<CampaignOutage, 'modes'> & {
    readonly row: FileRow;
    readonly name: string | null;
    readonly modes: ReturnType<typeof findOutageModes>;
  })[] = [];
  const leftOut: CampaignAnswer['leftOut'][number][] = [];
  readCases(open, dataset).forEach((given, i) => {
    const row = rowOrigins[i] as FileRow;
    const cells = settleCells(features, given);
    const from = dateAt(earliest, i);
    const crew = listCrew(open, cells, position, people && readCell(people, i), request);
    const modes = findOutageModes(
      open,
      cells,
      { position: position < 0 ? null : position, values: crew },
      request.level,
    );
    const why =
      from === null ? 'no-start' : crew.length === 0 ? 'no-crew' : modes.length === 0 ? 'no-level' : null;
    if (why !== null || from === null) leftOut.push({ row, why: why ?? 'no-start' });
    else {
      placed.push({
        row,
        name: textAt(name, i),
        site: textAt(site, i),
        earliest: from,
        deadline: dateAt(deadline, i),
        announced: request.costs.move === 0 ? null : dateAt(announced, i),
        modes,
      });
    }
  });
  return { placed, leftOut, crewColumn };
}

/** The column that was asked for, where one was. */
function tellColumn(column: string | null) {
  return column === null ? {} : { column };
}

/** Numbers of people to choose from; the row's own where they are no input of the model. */
function listCrew(
  open: ModelAtWork,
  cells: CellRow,
  position: number,
  own: CellRow[number],
  { crewMin, crewMax }: CampaignRequest,
): readonly number[] {
  if (position < 0) return typeof own === 'number' && Number.isFinite(own) && own > 0 ? [own] : [];
  const feature = open.summary.features[position];
  if (feature?.type !== 'number') return [];
  const seen = findClassSupport(open, cells).rangeOf(position) ?? feature;
  const low = Math.max(1, Math.ceil(crewMin ?? seen.min));
  const high = Math.floor(crewMax ?? seen.max);
  const step = Math.max(1, Math.ceil((high - low) / MOST_CREWS));
  return Array.from({ length: Math.max(0, Math.floor((high - low) / step) + 1) }, (_, i) => low + i * step);
}

const MOST_CREWS = 60;

/** By searches from the schedule that was found, each a third as long. */
async function priceOnePerson(
  problem: CampaignProblem,
  found: FoundSchedule,
  context: JobContext,
): Promise<CampaignAnswer['onePerson']> {
  const { all } = problem.limits;
  if (all === null) return { more: null, fewer: null };
  const costWith = async (limit: number): Promise<number | null> => {
    const other = { ...problem, limits: { ...problem.limits, all: limit } };
    try {
      const effort = { nTried: Math.round(N_TRIED / 3), from: found };
      return (await findSchedule(other, context, effort)).cost;
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'campaign-crew') return null;
      throw thrown;
    }
  };
  const [more, fewer] = [await costWith(all + 1), await costWith(all - 1)];
  return {
    more: more === null ? null : Math.max(0, found.cost - more),
    fewer: fewer === null ? null : Math.max(0, fewer - found.cost),
  };
}

function drawCrew(outages: readonly PlacedOutage[]): CampaignAnswer['crewCurve'] {
  const days = [...new Set(outages.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  return days.map((day) => ({
    day,
    crew: outages.reduce((sum, { start, end, crew }) => (start <= day && day < end ? sum + crew : sum), 0),
  }));
}
