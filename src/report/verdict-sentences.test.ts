import { expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import { gateVerdicts } from '#versions/gate/contract.ts';
import { createSampleReport } from '#versions/testing/sample-versions.ts';
import { tellGate } from './verdict-sentences.ts';

const [fr, en] = [wordsIn('fr'), wordsIn('en')];
const plain = (sentences: readonly string[]) =>
  sentences.map((each) => each.replaceAll(/[\u00a0\u202f]/gu, ' '));

it('says what was proven, on how many outages and how surely, in both languages', () => {
  const report = createSampleReport('proven-better');
  expect(plain(tellGate(report, fr))[0]).toBe(
    'Meilleur, et c’est prouvé : 2,9 jours d’erreur moyenne contre 3 jours pour le modèle de référence, sur 60 arrêts qu’aucun des deux n’a appris (−0,1 jour ; au plus −0,01 jour, à 95 %).',
  );
  expect(plain(tellGate(report, en))).toEqual([
    'Better, and proven: a mean error of 2.9 days against 3 days for the champion, on 60 outages that neither has learnt (−0.1 days; −0.01 days at most, with 95 %).',
    '1 outage under way is not judged: its duration is not known.',
  ]);
});

it('says how many outages it would take, and which guardrail is broken', () => {
  const guardrails = [
    { kind: 'coverage', level: 'P80', held: 60, n: 100, oldShare: 0.8, low: 0.7, high: 0.9, holds: false },
    { kind: 'class', label: 'VD', n: 40, difference: 0.2, p: 0.4, holds: true },
  ] as const;
  const told = plain(tellGate(createSampleReport('cannot-tell', { guardrails }), fr));
  expect(told[1]).toBe('Il faudrait 340 arrêts de plus pour prouver un écart de 0,03 jour.');
  expect(told[2]).toBe(
    'Garde-fou franchi, donc pas de promotion sans une raison : P80 tenu 60 % du temps (60 sur 100), attendu entre 70 % et 90 %.',
  );
});

it('has a sentence for each verdict, and one of its own where only the squared errors are no smaller', () => {
  const first = gateVerdicts.map((verdict) => tellGate(createSampleReport(verdict), en)[0]);
  expect(new Set(first).size).toBe(gateVerdicts.length);
  expect(first[gateVerdicts.indexOf('not-better')]).toContain('squared error');
  const worse = createSampleReport('not-better', { difference: { value: 0.2, low: 0.1, high: 0.3 } });
  expect(plain(tellGate(worse, en)).slice(0, 2)).toEqual([
    'Not better: a mean error of 2.9 days against 3 days on 60 outages (+0.2 days). The champion stays.',
    'It is worse, and proven: by 0.1 days of error at least.',
  ]);
});
