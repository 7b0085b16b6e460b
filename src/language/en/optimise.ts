import type { French, Translation } from '../translation.ts';

export const optimise = {
  status: {
    optimal: 'Proven: no better plan within your bounds.',
    gap: 'Best plan found; another one might still gain {{gap}}.',
    gapUnknown: 'Best plan found; that another one is better is not ruled out.',
    infeasible: 'Impossible within your bounds: at best {{best}}, 8 chances in 10.',
    nothing:
      'Within your bounds the model announces nothing for any plan: too few past outages are like them.',
  },
  answer: {
    p50: 'Shortest P50: {{value}} instead of {{base}}.',
    p80: 'Shortest P80: {{value}} instead of {{base}}.',
    cost: 'Lowest total cost: {{value}} instead of {{base}}.',
    target: 'Target kept 8 times in 10: P80 of {{value}} instead of {{base}}.',
    same: 'The present plan is the best already.',
  },
  present: 'Present plan',
  proposed: 'Proposed plan',
  level: { p50: 'P50', p80: 'P80', range: 'P10 to P90' },
  leverCost: 'Cost of the levers',
  totalCost: 'Total cost',
  binding: {
    frozen: '{{column}} is frozen.',
    bound: '{{column}} stops at the bound that you gave.',
    support: '{{column}} stops where what past outages have seen stops.',
    cost: '{{column}} could still shorten the outage, but would cost more than that is worth.',
    flat: '{{column}} changes nothing of the duration, by the model.',
    best: '{{column}} is at its best value: more or less gains nothing.',
  },
  outside_other: '{{n}} values lie outside of what past outages have seen: they were not proposed.',
  outside_one: 'One value lies outside of what past outages have seen: it was not proposed.',
  without: 'Answered without {{columns}}, which nobody knows yet.',
  front: {
    title: 'Cost of the levers and P80',
    partial: 'The search was ended: other trade-offs may exist.',
  },
  association:
    'These are associations seen in past outages, no proof of an effect: difficult outages are often given more means.',
  optimism: {
    measured:
      'A plan chosen for being the best looks better than it is: rather announce {{announced}}, which is {{optimism}} more, measured by models learnt from other outages.',
    nothing: 'Models learnt from other outages do not take this plan for longer than announced.',
    unknown:
      'A plan chosen for being the best looks a little better than it is; this was not measured, for want of the data of the training.',
  },
  none: '–',
} satisfies Translation<French['optimise']>;
