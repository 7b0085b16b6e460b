import { expect, it } from 'vitest';
import { losesWork } from './leaving.ts';
import type { ModelOnShow, Work } from './state.ts';

const model = { isSaved: true, isInFile: false } as ModelOnShow;
const work = (kind: Work['kind']) => ({ kind }) as Work;

it('asks before a training ends with the page, or a model that stands nowhere else', () => {
  expect(losesWork({ work: work('training'), model })).toBe(true);
  expect(losesWork({ work: work('second-opinion'), model: null })).toBe(true);
  expect(losesWork({ work: null, model: { ...model, isSaved: false } })).toBe(true);
});

it('never asks where nothing is lost', () => {
  expect(losesWork({ work: work('reading'), model })).toBe(false);
  expect(losesWork({ work: null, model: null })).toBe(false);
  expect(losesWork({ work: null, model: { ...model, isSaved: false, isInFile: true } })).toBe(false);
});
