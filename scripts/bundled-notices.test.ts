import { expect, it } from 'vitest';
import { listDependencies, writeNotices } from './bundled-notices.ts';

it('names every package with its licence, and stays inside its comment', () => {
  const folders = listDependencies();
  const text = writeNotices(folders);
  for (const folder of folders) {
    const name = folder.split('node_modules/').at(-1) ?? '';
    expect(text).toMatch(new RegExp(`${name} \\d\\S* \\((?!no licence)`, 'u'));
  }
  expect(text).toContain('Copyright (c) Meta Platforms');
  expect(text).not.toMatch(/--|->/u);
});
