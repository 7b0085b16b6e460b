import { secondOpinion } from './fr/second-opinion.ts';
import { charts } from './fr/charts.ts';
import { common } from './fr/common.ts';
import { data } from './fr/data.ts';
import { errors } from './fr/errors.ts';
import { evaluation } from './fr/evaluation.ts';
import { factors } from './fr/factors.ts';
import { followUp } from './fr/follow-up.ts';
import { forecasts } from './fr/forecasts.ts';
import { model } from './fr/model.ts';
import { optimise } from './fr/optimise.ts';
import { note } from './fr/note.ts';
import { quality } from './fr/quality.ts';
import { report } from './fr/report.ts';
import { scenarios } from './fr/scenarios.ts';
import { service } from './fr/service.ts';
import { shell } from './fr/shell.ts';
import { terms } from './fr/terms.ts';
import { versions } from './fr/versions.ts';
import { work } from './fr/work.ts';

/** Every word of the app, in French: the source of the dictionary's type. Spaces are plain; `typesetFrench` sets them. */
export const fr = {
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
