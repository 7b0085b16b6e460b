import type { French, Translation } from '../translation.ts';

export const secondOpinion = {
  heading: 'A second opinion: the neural network',
  lead: 'A neural network learns the same outages in quite another way, on the same folds. Where it gives the same range, the prediction is safer; where it differs, better check. From ten seconds to a few minutes.',
  action: 'Compare with a neural network',
  again: 'Start again',
  stopped: 'Stopped before the end: the network has not learnt all, or was not judged on every fold.',
  accuracy: {
    worse:
      'Less accurate: it is off by {{theirs}} on average on the test outages, against {{ours}} for the chosen model.',
    better:
      'More accurate: it is off by {{theirs}} on average on the test outages, against {{ours}} for the chosen model. Yet it gives no reasons, so it is not proposed.',
  },
  interval:
    'Its P10–P90 range holds {{coverage}} of the {{n}} test outages (promised: {{promise}}, chance explains {{low}} to {{high}}), {{width}} wide on average.',
  oursInterval: 'That of the chosen model: {{coverage}}, {{width}} wide.',
  disputed:
    'The two differ on {{fraction}} of the outages ({{k}} of {{n}}): the median of one lies outside the range of the other. There the chosen model is off by {{errorDisputed}} on average, against {{errorAgreed}} elsewhere.',
  allDisputed: 'The two differ on every outage: the median of one lies outside the range of the other.',
  agreed:
    'The two differ on none of the {{n}} outages: the median of each stays inside the range of the other.',
  furthest: 'Where they differ most',
  ours: 'Chosen model',
  theirs: 'Network',
  actual: 'Actual',
  spread: '{{p50}} ({{p10}} – {{p90}})',
  open: 'Open the outage of row {{row}}',
} satisfies Translation<French['secondOpinion']>;
