import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../../scripts/production/run.ts';
import { alertTable } from './alert-table.ts';
import { writeRuleTests } from './prometheus-rules.ts';

const rules = fileURLToPath(new URL('rules.json', import.meta.url));

it('are rules that Prometheus takes', () => {
  expect(run('promtool', ['check', 'rules', rules])).toContain(`${alertTable.length} rules found`);
});

it.each(alertTable.map((alert) => [alert.name, alert] as const))(
  '%s fires by its history, and not by the one just below',
  (_name, alert) => {
    const folder = mkdtempSync(join(tmpdir(), 'tranche-rules-'));
    writeFileSync(join(folder, 'tests.json'), writeRuleTests([alert], rules));
    expect(run('promtool', ['test', 'rules', join(folder, 'tests.json')])).toContain('SUCCESS');
    rmSync(folder, { recursive: true });
  },
);

it('reach a webhook by a configuration that Alertmanager takes', () => {
  const config = fileURLToPath(new URL('../monitoring/alertmanager.yml', import.meta.url));
  expect(run('amtool', ['check-config', config])).toContain('SUCCESS');
  expect(readFileSync(config, 'utf8')).toContain('webhook');
});
