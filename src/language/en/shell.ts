import type { French, Translation } from '../translation.ts';

export const shell = {
  title: 'Tranche',
  tagline: 'Outage durations',
  sections: 'Sections',
  skipToContent: 'Skip to content',
  section: {
    data: 'Data',
    quality: 'Quality',
    model: 'Model',
    evaluation: 'Evaluation',
    scenarios: 'Scenarios',
    optimise: 'Optimise',
  },
  state: { todo: 'to do', ready: 'ready', working: 'under way', attention: 'to check' },
  language: 'Language',
  languageName: { fr: 'Français', en: 'English' },
  theme: { label: 'Appearance', light: 'Light', dark: 'Dark', auto: 'Same as the system' },
  offline: 'No data leaves this computer',
  offlineDetail:
    'This page forbids itself any access to the network (a connect-src ‘none’ policy that the browser enforces). All computing happens here, on this computer.',
  sample: 'sample',
  stale: 'needs retraining',
  notSaved: 'not saved yet',
  noData: 'No data open',
  restoring: 'Reopening your work…',
  nothingUnderWay: 'Nothing under way',
  memory: {
    title: 'Your work will not be kept once this tab is closed.',
    'storage-unavailable':
      'The browser refuses local storage (private window, or site data blocked). Download your model before you close.',
    'storage-full':
      'The browser’s storage is full. Download your model, then free some space and reload the page.',
    'storage-too-new':
      'A newer version of Tranche has already kept work in this browser. It is intact, but this older version cannot read it: open the newer one, or download your model before you close.',
    'other-tab-upgraded':
      'A newer version of Tranche is open in another tab. Close this one and carry on in the other.',
  },
  crash: {
    title: 'This screen has stopped',
    text: 'An unexpected error interrupted the display. Your data and your model are safe: reload the page to find them again.',
    reload: 'Reload the page',
    detail: 'Technical detail',
  },
} satisfies Translation<French['shell']>;
