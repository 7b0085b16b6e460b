import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { alertTable } from '../deploy/alerts/alert-table.ts';
import { writeDashboard } from '../deploy/dashboards/dashboard.ts';
import { writeRules } from '../deploy/alerts/prometheus-rules.ts';

/** The files of deploy/ that code writes; a test says when they are out of date. */
export const deployFiles: Readonly<Record<string, () => string>> = {
  'deploy/alerts/rules.json': () => writeRules(alertTable),
  'deploy/dashboards/tranche.json': writeDashboard,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, write] of Object.entries(deployFiles)) {
    writeFileSync(new URL(`../${path}`, import.meta.url), write());
  }
}
