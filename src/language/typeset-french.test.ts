import { expect, it } from 'vitest';
import { typesetFrench } from './typeset-french.ts';

it('sets narrow spaces before ; ! ? %, full ones before : and inside quotes, and curls apostrophes', () => {
  expect(typesetFrench("Qu'est-ce ? Attention ! 80 % ; « oui » : non")).toBe(
    'Qu’est-ce\u202f? Attention\u202f! 80\u202f%\u202f; «\u00a0oui\u00a0»\u00a0: non',
  );
});

it('leaves what needs nothing as it is: marks without a space, blanks, times', () => {
  expect(typesetFrench('à 10:30, {{n}}/{{total}}')).toBe('à 10:30, {{n}}/{{total}}');
});
