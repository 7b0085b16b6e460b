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
    forecasts: 'Outages to come',
    optimise: 'Optimise',
    versions: 'Versions & follow-up',
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
  notInFile: 'not yet in a file',
  notInFileDetail:
    'This model and its scenarios exist only in this browser, which may lose them. Save the project in Versions & follow-up to keep them safe.',
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
    'many-tabs':
      'Tranche is open in too many tabs: the file of this one is no longer kept. Keep the file on your disk, and close some tabs.',
    'other-tab-upgraded':
      'A newer version of Tranche is open in another tab. Close this one and carry on in the other.',
  },
  heard: {
    decisions: 'Another tab changed what is decided about these data: it is shown here.',
    scenario: 'Another tab changed this scenario: it is shown here.',
    'second-opinion': 'Another tab asked for a second opinion on this model: it is shown here.',
  },
  recovery: {
    emptied: 'The browser emptied its storage: everything Tranche had saved there was gone.',
    torn: 'The browser lost the last things Tranche had saved.',
    back: 'Put back from the second copy: {{names}}.',
    whole: 'Nothing is missing.',
    models_one: '{{n}} model',
    models_other: '{{n}} models',
    nothing:
      'There was no second copy: nothing could be put back. Open your data file again, and the file of your model if you downloaded it.',
    lostFiles: 'Without a second copy, so to be opened again from your disk: {{names}}.',
    lostModels:
      'Models without a second copy, which could not be put back: {{n}}. Open their files if you downloaded them, or train again.',
    behind: 'What was saved just before the browser ended may be missing: check it.',
  },
  incoming: {
    title: 'What is “{{name}}” for?',
    lead: 'Work is open already. Nothing changes until you have chosen.',
    cancel: 'Do nothing',
    drop: 'Release the file: a workbook, a CSV or a model',
    choice: {
      predict: {
        label: 'Predict it',
        text: 'These are outages to come: the open model answers each row.',
      },
      append: {
        label: 'Add it to the open data',
        text: 'These are more past outages, with the same columns: its rows follow those of “{{data}}”.',
      },
      factors: {
        label: 'Join it as outside factors',
        text: 'It tells of something else on the same days: weather, load, staff. Its values are joined to “{{data}}” by date.',
      },
      replace: {
        label: 'Replace the open data',
        text: 'This is another file of past outages. The model stays.',
      },
    },
  },
  crash: {
    title: 'This screen has stopped',
    text: 'An unexpected error interrupted the display. Your data and your model are safe: reload the page to find them again.',
    reload: 'Reload the page',
    detail: 'Technical detail',
  },
} satisfies Translation<French['shell']>;
