import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '#data/profile.ts';
import { findingCodes, type QualityFinding } from '#data/quality/finding.ts';
import { createRecipeEditor } from '#data/recipe/recipe-editor.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import { wordsIn } from '#language/words.ts';
import { countToDecide, findingKey, groupFindings, viewFinding, viewSteps } from './quality.view.ts';

const fr = wordsIn('fr');
const profile = (name: string, type: ColumnProfile['type']): ColumnProfile => ({
  name,
  type,
  nRows: 10,
  nMissing: 0,
  nDistinct: 5,
  nUnread: 0,
  examples: [],
});
const profiles = [profile('Durée', 'number'), profile('Fin', 'date'), profile('Site', 'category')];
const summary = { columns: profiles } as unknown as DatasetSummary;

/** Spaces of any width and kind as plain ones. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

function finding(changes: Partial<QualityFinding>): QualityFinding {
  const rows = { count: 3, first: [1, 2, 3] };
  return {
    code: 'duration-not-positive',
    columns: ['Durée'],
    rows,
    severity: 'warning',
    details: { min: -1 },
    proposal: null,
    ...changes,
  };
}

describe('a finding in words', () => {
  it.each(['fr', 'en'] as const)('has a title, evidence and a reason for every code (%s)', (language) => {
    const details = {
      kind: 'correlation',
      min: 1,
      max: 2,
      low: 1,
      high: 2,
      scale: 1,
      limit: 3,
      share: 0.5,
      value: 'v',
      earliest: '1900-01-01',
      latest: '2099-12-31',
      labels: ['a', 'b'],
      examples: ['a'],
      minRows: 5,
      nOutages: 2,
      nAgreeing: 9,
      nBoth: 10,
      nRare: 1,
      nLabels: 9,
      nWithoutEnd: 1,
      nEndsInFuture: 2,
      unit: 'day',
      target: 'Durée',
      next: 12,
    };
    for (const code of findingCodes) {
      const { title, seen, why } = viewFinding(finding({ code, details }), profiles, wordsIn(language));
      for (const text of [title, seen, why])
        expect([code, text]).toEqual([code, expect.not.stringMatching(/quality\.|\{\{|undefined|–/u)]);
    }
  });

  it('offers its proposal with the title as the reason, and a left-out leak the way to overrule it', () => {
    const proposal = { kind: 'set-role', column: 'Site', role: 'ignore' } as const;
    const view = viewFinding(finding({ proposal }), profiles, fr);
    expect(view.action).toMatchObject({ action: proposal, reason: view.title });
    const leak = (kind: string) =>
      finding({ code: 'leak', columns: ['mwh'], details: { kind, isExcluded: true } });
    expect(viewFinding(leak('power-times-duration'), profiles, fr).action?.action).toEqual({
      kind: 'set-role',
      column: 'mwh',
      role: 'context',
    });
    expect(viewFinding(leak('end-date'), profiles, fr).action).toBeNull();
  });

  it('writes counts as counts even beside a date', () => {
    const details = { nWithoutEnd: 3, nEndsInFuture: 1200 };
    const { seen } = viewFinding(
      finding({ code: 'ongoing-outages', columns: ['Fin'], details }),
      profiles,
      fr,
    );
    expect(plain(seen)).toContain('3 sans date de fin, 1 200 dont la fin');
  });
});

describe('the list of findings', () => {
  const findings = [
    finding({ severity: 'error', code: 'end-before-start' }),
    finding({}),
    finding({ severity: 'info', code: 'constant-column' }),
  ];

  it('puts the ignored apart and counts only what still asks for a decision', () => {
    const [, second] = findings;
    const ignoredFindings = [findingKey(second!)];
    const { groups, ignored } = groupFindings({ findings, ignoredFindings, summary }, fr);
    expect(groups.map(({ severity }) => severity)).toEqual(['error', 'info']);
    expect(ignored.map(({ key }) => key)).toEqual(ignoredFindings);
    expect(countToDecide({ findings, ignoredFindings })).toBe(1);
    expect(countToDecide({ findings: null, ignoredFindings: [] })).toBe(0);
  });
});

describe('the list of steps', () => {
  it('says what each step did, that it is suspended, or why it does not fit', () => {
    const action = { kind: 'exclude-outside', column: 'Durée', bounds: { above: 0 } } as const;
    const steps = ['a', 'b', 'c', 'd'].map((id) => ({ id, action, reason: id, isEnabled: id !== 'b' }));
    const none = { nRowsRemoved: 0, nCellsChanged: 0 };
    const report = [
      { id: 'a', status: 'applied', ...none, nRowsRemoved: 1200 },
      { id: 'b', status: 'disabled', ...none },
      { id: 'c', status: 'column-missing', ...none },
      { id: 'd', status: 'applied', ...none },
    ] as const;
    const views = viewSteps(
      {
        recipe: createRecipeEditor({ version: 1, steps }),
        cleaning: { nRows: 1, columns: [], report },
        summary,
      },
      fr,
    );
    expect(views.map(({ effect }) => plain(effect))).toEqual([
      '−1 200 lignes',
      'suspendue',
      'colonne absente de ce fichier',
      'sans effet ici',
    ]);
    expect(views.map(({ isMisfit }) => isMisfit)).toEqual([false, false, true, false]);
  });
});
