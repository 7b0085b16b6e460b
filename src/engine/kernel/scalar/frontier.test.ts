import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBestFirstFrontier, createDepthFirstFrontier } from './frontier.ts';

describe('createBestFirstFrontier', () => {
  it('gives back nodes by falling gain, ties by node', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 50 }), (gains) => {
        const frontier = createBestFirstFrontier(50);
        gains.forEach((gain, node) => frontier.push(node, gain));
        const want = gains.map((_, node) => node).sort((a, b) => gains[b]! - gains[a]! || a - b);
        expect(gains.map(() => frontier.pop())).toEqual(want);
        expect(frontier.pop()).toBe(-1);
      }),
    );
  });
});

describe('createDepthFirstFrontier', () => {
  it('gives back the node put last', () => {
    const frontier = createDepthFirstFrontier(4);
    frontier.push(1, 5);
    frontier.push(2, 1);
    expect([frontier.pop(), frontier.pop(), frontier.pop()]).toEqual([2, 1, -1]);
  });
});
