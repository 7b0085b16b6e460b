import type { French, Translation } from '../translation.ts';

/** The state page of the prediction service. */
export const service = {
  title: 'State of the prediction service',
  state: 'State',
  states: {
    ready: 'in service',
    waiting: 'waiting for a first model',
    draining: 'stopping: the last requests are being answered',
  },
  running: 'Running for',
  model: 'Model',
  modelOf: '{{name}}, version {{hash}}: {{target}}, learnt from {{rows}}',
  rows_one: '{{n}} outage',
  rows_other: '{{n}} outages',
  requests: 'Requests',
  faults: 'Requests that failed by the service’s fault',
  meanTime: 'Mean time to answer',
  predicted: 'Outages predicted',
  remarks: 'Values received that the model has not learnt from',
  noRemarks: 'none',
  since: 'Figures since the start. What requests hold is never shown.',
} satisfies Translation<French['service']>;
