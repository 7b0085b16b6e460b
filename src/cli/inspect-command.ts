import { createWorkbench } from '#jobs/workbench.ts';
import { writeInspection } from '#report/inspection-text.ts';
import { chooseRoles, roleOptionNames } from './choose-roles.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import { openDatasetFile } from './files.ts';
import { toInspectionJson } from './inspection-json.ts';
import { createCommandContext } from './job-context.ts';
import { readOptions } from './options.ts';
import { reportReading } from './report-reading.ts';
import type { Terminal } from './streams.ts';

/** `inspect FILE …`: what `train` would learn from, without training. README.md has the contract of what it prints. */
export async function runInspect(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [...roleOptionNames, ...dialectOptionNames],
    flags: ['json'],
    nPositionals: 1,
  });
  const overrides = readDialectOptions(options);
  const [path = ''] = options.positionals;
  const workbench = createWorkbench();
  const context = createCommandContext();
  const datasetId = 'data';

  const file = await openDatasetFile(path);
  const summary = await workbench.run('read-dataset', { datasetId, file, overrides }, context);
  reportReading(summary, terminal);
  const roles = chooseRoles(summary.roles, options);
  const recipe = await workbench.run('propose-recipe', { datasetId, roles }, context);
  const cleaning = await workbench.run('apply-recipe', { datasetId, recipe }, context);
  const request = { datasetId, roles, today: Date.now() };
  const preparation = await workbench.run('prepare', request, context);
  const findings = await workbench.run('check-quality', request, context);

  const inspection = { summary, cleaning, preparation, findings };
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify(toInspectionJson(inspection), null, 2)}\n`
      : writeInspection(inspection, terminal.words),
  );
}
