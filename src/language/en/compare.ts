import type { French, Translation } from '../translation.ts';

export const compare = {
  nameless: 'Scenario {{n}}',
  target: 'In time',
  best: 'Shortest',
  expected:
    '“{{to}}” against “{{from}}”, over outages like it: {{value}} (8 chances in 10 from {{low}} to {{high}}).',
  indiscernible: 'Not to be told apart: past outages do not say which is shorter.',
  unseen: '“{{to}}” and “{{from}}”: the model sees no difference between the two.',
  noExpected:
    '“{{to}}” against “{{from}}”: no interval of the difference, the model’s file does not keep what it takes.',
  outage:
    'On this very outage “{{to}}” is over sooner in {{least}} to {{most}} cases in 100, by how the two plans’ lucks are linked, which nobody knows.',
  linked:
    'At a link of {{link}}: sooner {{shorter}} times in 100, a difference from {{low}} to {{high}} 8 times in 10.',
  noOutage: 'On this very outage nothing is said: one of the two has no range, or leaves fields unknown.',
} satisfies Translation<French['compare']>;
