import { expect, it } from 'vitest';
import { type Progress, createSilentContext } from '#base/job-context.ts';
import { createStages } from '#base/stages.ts';

it('gives each report its share of the whole, which never falls', () => {
  const reports: Progress[] = [];
  const context = {
    ...createSilentContext(),
    onProgress: (progress: Progress) => void reports.push(progress),
  };
  const stage = createStages(context, { comparing: 3, fitting: 1 });
  stage('comparing').onProgress({ phase: 'cross-validating', done: 5, total: 10 });
  stage('comparing').onProgress({ phase: 'cross-validating', done: 1, total: 10 });
  stage('fitting').onProgress({ phase: 'explaining', done: 0, total: 0 });
  stage('fitting').onProgress({ phase: 'explaining', done: 2, total: 2 });
  expect(reports.map(({ overall }) => overall)).toEqual([0.375, 0.375, 0.75, 1]);
});
