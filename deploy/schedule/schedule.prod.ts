import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { retrainOptions } from '../../src/cli/retrain-command.ts';

const folder = new URL('./', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('schedules', () => {
  it('call retrain with options that it knows', () => {
    const known = new Set<string>([...retrainOptions.named, ...retrainOptions.flags, 'data']);
    for (const name of ['tranche-retrain.service', 'crontab', 'schtasks.cmd', '.gitlab-ci.yml']) {
      const call = /(?:tranche\.mjs|"\$TRANCHE") retrain (.*)/u.exec(read(name))?.[1] ?? '';
      const options = [...call.matchAll(/(?<= |^)--([\w-]+)/gu)].map(([, option = '']) => option);
      expect(options).toEqual(expect.arrayContaining(['data', 'store']));
      expect(options.filter((option) => !known.has(option))).toEqual([]);
    }
  });

  it('take no exit code of a sound end for a failure', () => {
    expect(read('tranche-retrain.service')).toMatch(/^SuccessExitStatus=10 11 12$/mu);
    expect(read('.gitlab-ci.yml')).toContain('exit_codes: [10, 11, 12]');
  });

  it('have five fields of time in the crontab', () => {
    const lines = read('crontab')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^(?:[\d*,/-]+ ){5}nice /u);
  });

  it.skipIf(!hasSystemd)('are units that systemd takes, and come on the first of the month', () => {
    const place = mkdtempSync(join(tmpdir(), 'tranche-units-'));
    copyFileSync(new URL('tranche-retrain.timer', folder), join(place, 'tranche-retrain.timer'));
    // Node may lie elsewhere on this machine: systemd looks whether the program is there.
    const service = read('tranche-retrain.service').replace('/usr/bin/node', process.execPath);
    writeFileSync(join(place, 'tranche-retrain.service'), service);
    const units = ['tranche-retrain.service', 'tranche-retrain.timer'].map((name) => join(place, name));
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8' });
    rmSync(place, { recursive: true });
    expect(stderr.split('\n').filter((line) => line.includes('tranche-retrain'))).toEqual([]);
    const when = /OnCalendar=(.*)/u.exec(read('tranche-retrain.timer'))?.[1] ?? '';
    const { stdout, status } = spawnSync('systemd-analyze', ['calendar', when], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/Next elapse: .*-01 03:00:00/u);
  });
});
