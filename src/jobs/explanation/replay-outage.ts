import { openTrainingSource } from '../dataset/training-source.ts';
import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { OutageSet } from '#data/outages.ts';
import { findColumn } from '#data/table.ts';
import { REPLAY_FOLDS, replayOutage } from '#training/replay.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { OutageReplay, ReplayRequest } from './contract.ts';
import { createStages } from '#base/stages.ts';
import { listAsTrained } from '#training/as-trained.ts';
import { prepareTrainingSet } from '#training/training-set.ts';

/**
 * What would have been announced on the day a past outage began: a model of the open one's kind, fitted and
 * calibrated on nothing but the outages that were over by then. Six fits on fewer outages than there are.
 *
 * Throws `invalid-setting` for a row that is not learnt from, or where starts or the unit of durations are not known;
 * `too-few-rows` where hardly any outage was over; `cancelled`.
 */
export async function replayPastOutage(
  { model, calibration, description }: ModelAtWork,
  dataset: OpenDataset,
  request: ReplayRequest,
  context: JobContext,
): Promise<OutageReplay> {
  const asTrained = listAsTrained(description);
  const { outages } = prepareTrainingSet(openTrainingSource(dataset, request), request, asTrained);
  const { start, unit, announced } = outages;
  const position = outages.rows.indexOf(request.row);
  if (position < 0) refuse('row', request.row);
  if (start === null) refuse('start', null);
  if (unit === 'unknown') refuse('unit', unit);
  const classes = findLabels(outages, calibration?.classColumn ?? null);
  const dated = { ...outages, start, unit, ...(classes && { classes }) };
  const stages = createStages(context, { fitting: 1, calibrating: REPLAY_FOLDS });
  const { nKnown, predicted, interval, actual } = await replayOutage(model.spec, dated, position, stages);
  const said = announced?.[position] ?? NaN;
  return {
    row: request.row,
    knownAt: start[position] as number,
    nKnown,
    predicted,
    interval,
    actual,
    announced: Number.isNaN(said) ? null : said,
  };
}

function refuse(name: string, value: string | number | null): never {
  throw new AppError('invalid-setting', `an outage cannot be replayed with ${name} ${value}`, {
    name,
    value,
  });
}

function findLabels({ features }: OutageSet, name: string | null): readonly (string | null)[] | null {
  const column = name === null ? undefined : findColumn(features, name);
  if (column?.type !== 'category') return null;
  return Array.from(column.codes, (code) => column.categories[code] ?? null);
}
