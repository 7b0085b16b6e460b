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
  },
  state: { todo: 'to do', ready: 'ready', working: 'under way', attention: 'to check' },
  language: 'Language',
  languageName: { fr: 'Français', en: 'English' },
  theme: { label: 'Appearance', light: 'Light', dark: 'Dark', auto: 'Same as the system' },
  offline: 'No data leaves this computer',
  offlineDetail:
    "Everything is computed here, on this computer. The browser itself refuses this page any access to the network (policy connect-src 'none'), and before anything else the page shuts for itself what no policy covers: WebRTC, other windows, leaving for another address. What it cannot hold back: what you download or copy yourself, extensions of the browser, a page that would frame it.",
  about: {
    open: 'About',
    title: 'About Tranche',
    packages:
      'Tranche is this one file. It is made of the work of others, too: here are their packages, licences and notices, in their own words:',
    notices: 'Licences of the packages',
    unbuilt: 'The notices are written into the built page (npm run build).',
  },
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
