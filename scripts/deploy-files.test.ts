import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metricNames } from '#serve/answering/metric-names.ts';
import { alertTable } from '../deploy/alerts/alert-table.ts';
import { panels } from '../deploy/dashboards/dashboard.ts';
import { deployFiles } from './write-deploy-files.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe('the files of deploy/', () => {
  it.each(Object.entries(deployFiles))('%s is what code writes (npm run build:deploy)', (path, write) => {
    expect(read(path)).toBe(write());
  });

  it('draw and watch every metric, and no other', () => {
    const watched = new Set<string>([
      ...panels.map(({ metric }) => metric),
      ...alertTable.flatMap(({ metrics }) => metrics),
    ]);
    expect([...metricNames].filter((name) => !watched.has(name))).toEqual([]);
    const named = [...panels.map(({ query }) => query), ...alertTable.map(({ expression }) => expression)]
      .flatMap((query) => query.match(/\btranche_\w+/gu) ?? [])
      .map((name) => name.replace(/_(?:bucket|count|sum)$/u, ''));
    expect(named.filter((name) => !(metricNames as readonly string[]).includes(name))).toEqual([]);
  });

  it('start no image by a name that moves, and none with rights that it does not need', () => {
    for (const path of ['deploy/container/compose.yaml', 'deploy/container/kubernetes.yaml']) {
      expect(read(path)).not.toMatch(/:latest|privileged: true/u);
      expect(read(path)).toMatch(/read_?[oO]nly(?:RootFilesystem)?: true/u);
    }
    expect(read('deploy/container/Dockerfile')).toMatch(/^ENTRYPOINT \["/mu);
    expect(read('deploy/container/Dockerfile')).not.toMatch(/^USER/mu);
  });
});
