import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '../csv/byte-source.ts';
import { readTable } from '../csv/read-table.ts';
import { guessRoles } from '../guess-roles.ts';
import { applyRecipe, applyRoleSteps } from '../recipe/apply-recipe.ts';
import type { Recipe } from '../recipe/recipe-step.ts';
import { checkQuality } from './check-quality.ts';

const folder = new URL('../../../../shared/data/', import.meta.url);
const now = Date.UTC(2025, 9, 10);

async function question(name: string, bytes: Uint8Array) {
  const { table } = await readTable(createByteSource(name, bytes), {}, createSilentContext());
  const roles = guessRoles(table);
  return { table, roles, findings: checkQuality(table, roles, { now }) };
}

const readShared = (name: string) => question(name, readFileSync(new URL(name, folder)));

describe.skipIf(!existsSync(folder))('real files (skipped without ../shared/data)', () => {
  it('the sample: its 12 durations that are not positive, and nothing else', async () => {
    const { findings } = await readShared('arrets_synthetiques_1000.csv');
    expect(findings.map(({ code, rows }) => [code, rows.count])).toEqual([['duration-not-positive', 12]]);
  });

  it('ENTSO-E: leaks kept out, ends in 2099, one country in two spellings; settled by its own proposals', async () => {
    const { table, roles, findings } = await readShared('entsoe_fr_outages.csv');
    const leaks = findings.filter(({ code }) => code === 'leak');
    const told = leaks.map(({ columns, details }) => [columns[0], details['kind'], details['isExcluded']]);
    expect(told).toContainEqual(['outage_end', 'end-date', true]);
    expect(told).toContainEqual(['mwh_unavailable', 'power-times-duration', true]);
    const far = findings.find(({ code }) => code === 'end-in-far-future')!;
    expect(far.details['latest']).toBe('2099-12-31');
    const variants = findings.find(({ code }) => code === 'label-variants')!;
    expect(variants.details['labels']).toEqual(['FRANCE', 'France']);

    const recipe: Recipe = {
      version: 1,
      steps: findings
        .filter(({ severity, proposal }) => severity !== 'info' && proposal !== null)
        .map(({ code, proposal }) => ({ id: code, action: proposal!, reason: code, isEnabled: true })),
    };
    const cleaned = applyRecipe(table, recipe);
    const after = checkQuality(cleaned.table, applyRoleSteps(roles, recipe), {
      now,
      rowOrigins: cleaned.rowOrigins,
    });
    expect(after.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const nRemoved = cleaned.report.reduce((sum, { nRowsRemoved }) => sum + nRowsRemoved, 0);
    expect(cleaned.table.nRows).toBe(table.nRows - nRemoved);
  });

  it('the French shutdowns: a meter’s 102 %, and no outage called an outlier', async () => {
    const { findings } = await readShared('arrets_tranche_2011_2023_fr_cp1252.csv');
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['leak', 'share-outside']));
    for (const { severity } of findings) expect(severity).toBe('info');
  });
});

describe('a file with several versions of one outage', () => {
  const lines = [
    'Liste des indisponibilités',
    'Status;Identifiant;Numéro de version;Nom;Filière;Date de début;Date de fin;Type;Cause',
    ...Array.from({ length: 30 }, (_, i) =>
      [1, 2].map((version) => {
        const day = String((i % 27) + 1).padStart(2, '0');
        const kind = i % 2 === 0 ? 'Planifiée' : 'Fortuite';
        return `Actif;IND-${100 + i};${version};BUGEY ${(i % 4) + 2};Nucléaire;${day}/0${version}/2024;${day}/0${version + 2}/2024;${kind};Maintenance`;
      }),
    ).flat(),
  ];

  it('is told by its identifier, and its latest versions are kept', async () => {
    const { table, findings } = await question(
      'indisponibilites.csv',
      new TextEncoder().encode(lines.join('\r\n')),
    );
    const finding = findings.find(({ code }) => code === 'several-versions')!;
    expect(finding.details).toEqual({ nOutages: 30 });
    const step = { id: 'latest', action: finding.proposal!, reason: finding.code, isEnabled: true };
    const cleaned = applyRecipe(table, { version: 1, steps: [step] });
    expect(Array.from(cleaned.rowOrigins)).toEqual(Array.from({ length: 30 }, (_, i) => 2 * i + 1));
  });
});
