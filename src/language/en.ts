import { secondOpinion } from './en/second-opinion.ts';
import { charts } from './en/charts.ts';
import { common } from './en/common.ts';
import { data } from './en/data.ts';
import { errors } from './en/errors.ts';
import { evaluation } from './en/evaluation.ts';
import { factors } from './en/factors.ts';
import { followUp } from './en/follow-up.ts';
import { forecasts } from './en/forecasts.ts';
import { model } from './en/model.ts';
import { optimise } from './en/optimise.ts';
import { note } from './en/note.ts';
import { quality } from './en/quality.ts';
import { report } from './en/report.ts';
import { scenarios } from './en/scenarios.ts';
import { service } from './en/service.ts';
import { shell } from './en/shell.ts';
import { terms } from './en/terms.ts';
import { versions } from './en/versions.ts';
import { work } from './en/work.ts';

export const en = {
  shell,
  work,
  common,
  charts,
  errors,
  data,
  factors,
  quality,
  terms,
  model,
  evaluation,
  secondOpinion,
  scenarios,
  optimise,
  forecasts,
  followUp,
  note,
  versions,
  report,
  service,
};
