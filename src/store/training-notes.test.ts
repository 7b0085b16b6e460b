import { expect, it } from 'vitest';
import { createFakeLocalStorage } from '#registry/testing/fake-stores.ts';
import { createTrainingNotes } from './training-notes.ts';

const nobody = { callRoll: () => Promise.resolve(new Set<string>()) };

it('tells once of a training that a reload of its tab, or the end of it, interrupted', async () => {
  const storage = createFakeLocalStorage();
  const notesOf = (tab: string) => createTrainingNotes(tab, nobody, () => storage);
  notesOf('one').begin(1000);
  expect(await notesOf('one').takeInterrupted()).toBe(1000);
  expect(await notesOf('one').takeInterrupted()).toBeNull();
  notesOf('one').begin(1000);
  notesOf('two').begin(2000);
  expect(await notesOf('new').takeInterrupted()).toBe(2000);
  expect(await notesOf('new').takeInterrupted()).toBeNull();
});

it('tells nothing of a training that ended, or goes on in a tab that is open', async () => {
  const storage = createFakeLocalStorage();
  const one = createTrainingNotes('one', nobody, () => storage);
  const other = createTrainingNotes(
    'two',
    { callRoll: () => Promise.resolve(new Set(['one'])) },
    () => storage,
  );
  one.begin(1000);
  expect(await other.takeInterrupted()).toBeNull();
  expect(await one.takeInterrupted()).toBe(1000);
  one.begin(3000);
  one.end();
  expect(await one.takeInterrupted()).toBeNull();
});

it('breaks nothing where site data are blocked', async () => {
  const blocked = createTrainingNotes('one', nobody, () => {
    throw new DOMException('denied', 'SecurityError');
  });
  blocked.begin(1000);
  blocked.end();
  expect(await blocked.takeInterrupted()).toBeNull();
});
