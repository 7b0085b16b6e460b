import type { French, Translation } from '../translation.ts';

export const versions: Translation<French['versions']> = {
  verdict: {
    'proven-better':
      'Better, and proven: a mean error of {{new}} against {{old}} for the champion, on {{outages}} that neither has learnt ({{difference}}; {{high}} at most, with 95 %).',
    'not-worse':
      'A smaller error, not proven: {{new}} against {{old}} on {{outages}} ({{difference}}). It is not worse by more than {{tolerance}}.',
    'cannot-tell':
      'Cannot tell: {{new}} against {{old}} on {{outages}} ({{difference}}), but it may as well be worse (by up to {{high}}).',
    'not-better':
      'Not better: a mean error of {{new}} against {{old}} on {{outages}} ({{difference}}). The champion stays.',
    squares:
      'Its mean error is smaller ({{new}} against {{old}} on {{outages}}), its squared error is not: where it is wrong it is more gravely wrong. The champion stays.',
    worse: 'It is worse, and proven: by {{low}} of error at least.',
    overlap:
      'Comparison refused: {{learnt}} of the file were used to train one of the two models, which would be judged on what it has learnt.',
    'too-few':
      'Too few: {{outages}} that both models can predict without having learnt them; it takes {{least}} at least.',
  },
  learnt_one: '{{n}} outage',
  learnt_other: '{{n}} outages',
  learntBy: 'Learnt by the champion: {{old}}; by the challenger: {{new}}.',
  keptOut: 'Left out: {{learnt}} that one of the models has learnt.',
  power: 'It would take {{outages}} more to prove a difference of {{tolerance}}.',
  enough: 'These outages are enough to prove a difference of {{tolerance}}.',
  underWay_one: '{{n}} outage under way is not judged: its duration is not known.',
  underWay_other: '{{n}} outages under way are not judged: their durations are not known.',
  guard: {
    coverage:
      '{{level}} kept {{share}} of the time ({{held}} of {{n}}), expected between {{low}} and {{high}}.',
    class: '{{label}}: {{difference}} of error on {{n}}.',
    bias: 'Bias: {{new}}, against {{old}} for the champion.',
    broken: 'Guardrail broken, hence no promotion without a reason',
    held: 'Guardrail kept',
  },
};
