import type { French, Words } from '../words.ts';

export const work = {
  label: 'What I am doing right now',
  kind: {
    reading: 'Reading the file',
    training: 'Training',
    'opening-model': 'Opening the model',
    exporting: 'Preparing the file',
    evaluating: 'Evaluating',
    explaining: 'Explaining',
  },
  phase: {
    reading: 'reading',
    typing: 'recognising columns',
    preparing: 'preparing',
    'cross-validating': 'cross-validating',
    fitting: 'fitting',
    calibrating: 'calibrating',
    scoring: 'scoring',
    explaining: 'importance of columns',
    predicting: 'predicting',
    writing: 'writing',
  },
  fold: 'fold {{fold}}/{{nFolds}}',
  step: '{{done}}/{{total}}',
  elapsed: '{{time}} elapsed',
  remaining: 'about {{time}} left',
  score: 'best error: {{score}}',
  stop: 'Stop and keep the best',
  cancel: 'Cancel',
  stopping: 'Stopping, keeping the best…',
  cancelling: 'Cancelling…',
} satisfies Words<French['work']>;
