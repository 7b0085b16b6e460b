import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const dropped = (known: readonly string[], ...args: readonly string[]) =>
  readOptions(args, { named: ['drop'], nPositionals: 0 }).list('drop', known);

describe('a list of names', () => {
  it('parts at commas, but not within a column’s name', () => {
    const known = ['a', 'b', 'Power, net', 'x,y'];
    expect(dropped(known, '--drop', 'a,b')).toEqual(['a', 'b']);
    expect(dropped(known, '--drop', 'Power, net')).toEqual(['Power, net']);
    expect(dropped(known, '--drop', 'a,Power, net,x,y', '--drop', 'b')).toEqual([
      'a',
      'Power, net',
      'x,y',
      'b',
    ]);
    expect(dropped([], '--drop', '"x,y",a')).toEqual(['x,y', 'a']);
  });
});
