import type { French, Translation } from '../translation.ts';

export const errors = {
  cells: { number: 'numbers', date: 'dates' },
  safe: 'Your data are safe.',
  during: {
    reading: 'Reading the file',
    training: 'Training',
    'opening-model': 'Opening the model',
    'predicting-file': 'Prediction of the file',
    exporting: 'Preparing the file',
    evaluating: 'Evaluating',
    following: 'Following announcements',
    'opening-project': 'Opening the project',
    comparing: 'Comparing versions',
    optimising: 'Searching for the best plan',
    'second-opinion': 'Comparing with a neural network',
    explaining: 'Explaining',
    replaying: 'Replay of a past outage',
    preparing: 'Preparing the data',
    predicting: 'Predicting',
    saving: 'Saving',
    starting: 'Reopening your work',
  },
  alike: '{{name}} (it has “{{alike}}”)',
  code: {
    internal: {
      what: 'Something unexpected went wrong.',
      todo: 'Try again; if it comes back, pass on this message: {{message}}',
    },
    cancelled: { what: 'The work was cancelled.', todo: 'Nothing has changed.' },
    'invalid-setting': {
      what: 'A setting is out of its bounds: {{name}} = {{value}}.',
      todo: 'Correct it, or restore the defaults in the Analyst panel.',
    },
    'length-mismatch': {
      what: 'Two columns do not have the same length.',
      todo: 'Open the file again; if the error comes back, report it.',
    },
    'target-not-finite': {
      what: 'The column to predict holds values that are not numbers.',
      todo: 'Check how it is read in Data, or choose another column to predict.',
    },
    'target-not-positive': {
      what: 'The column to predict holds zero or negative durations, which this setting does not admit.',
      todo: 'Leave the scale and the loss to be chosen automatically.',
    },
    'target-constant': {
      what: 'The column to predict has the same value everywhere: there is nothing to learn.',
      todo: 'Choose another column to predict, or a file in which durations vary.',
    },
    'weight-invalid': { what: 'A weight is negative or not a number.', todo: 'Remove the weight column.' },
    'column-not-read': {
      what: 'The column {{column}} was not read as its role needs: its cells ({{examples}}) do not read as {{type}}.',
      todo: 'Choose its type in the table of columns under Data, correct these cells in the file, or give the role to another column.',
    },
    'factors-no-start': {
      what: 'The file {{name}} cannot be joined: the outages have no start date.',
      todo: 'Your outages are untouched. Give a column of dates the role “start”, then add the outside factors again.',
    },
    'factors-no-date': {
      what: 'The file {{name}} cannot be joined: it has no column of dates.',
      todo: 'Your outages are untouched. Add a column that gives the day (or the hour) of each row, or name it if it was read as something else.',
    },
    'factors-no-values': {
      what: 'The file {{name}} adds nothing: beside its date and its key, no column varies.',
      todo: 'Your outages are untouched. Choose a file with at least one measurement: temperature, load, staff.',
    },
    'factors-no-match': {
      what: 'No outage finds a value in {{name}}: neither dates nor names meet.',
      todo: 'Your outages are untouched. Check that both files cover the same years and call the sites by the same names; otherwise choose other columns for the date and the key.',
    },
    'too-few-rows': {
      what: 'There are not enough outages to train a model.',
      todo: 'Add past outages: about twenty at least, and a few hundred for a useful model.',
    },
    'too-many-categories': {
      what: 'A column has too many different labels.',
      todo: 'Ignore it in Data, or group its labels.',
    },
    'no-feature': {
      what: 'No column is left to explain the duration.',
      todo: 'In Data, give at least one column the role Context, Lever or Group.',
    },
    'no-webassembly': {
      what: 'This browser cannot run Tranche’s calculations: WebAssembly (with SIMD) is missing or blocked in it.',
      todo: 'Open the page in an up-to-date browser, or ask your IT department to allow WebAssembly.',
    },
    'model-file-invalid': {
      what: 'This file is not a readable Tranche model.',
      todo: 'Choose the .json file downloaded from the Model section.',
    },
    'model-file-too-new': {
      what: 'This model comes from a newer version of Tranche.',
      todo: 'Open it with that newer version.',
    },
    'model-file-altered': {
      what: 'This model has been changed or damaged: it no longer gives its reference predictions.',
      todo: 'Ask for the original file, or train the model again.',
    },
    'model-file-too-slow': {
      what: 'This file could not be checked within {{seconds}} seconds: it was not opened.',
      todo: 'A model of Tranche opens far quicker: choose the original file, or try again when the computer is less busy.',
    },
    'model-too-large': {
      what: 'The model learnt is too large for a file: {{length, number}} characters, where {{limit, number}} are the most.',
      todo: 'Reduce the number of iterations or of leaves in the Analyst panel, then train again.',
    },
    'model-columns-missing': {
      what: 'The model expects columns that this file does not have: {{columns}}.',
      todo: 'Open a file that has them, or train a model on this one.',
    },
    'training-outdated': {
      what: 'The open data no longer give the outages the model was judged on.',
      todo: 'Train again, then compare.',
    },
    'training-interrupted': {
      what: 'The page was closed or reloaded during a training, which ended there.',
      todo: 'Start it again when you like: your choices are kept.',
    },
    'result-invalid': {
      what: 'The figures of this model’s training cannot be read ({{place}}: {{problem}}).',
      todo: 'The model opens and predicts as before; train again to have its figures back.',
    },
    'result-too-new': {
      what: 'The figures of this model’s training were written by a newer version of Tranche.',
      todo: 'The model opens and predicts; open the page with that newer version to see its figures.',
    },
    'recipe-invalid': {
      what: 'The stored cleaning of this data cannot be read ({{place}}: {{problem}}).',
      todo: 'Clean the data again; the file itself is intact.',
    },
    'file-empty': { what: 'This file is empty.', todo: 'Check the export, then drop the file again.' },
    'file-unreadable': {
      what: 'The browser can no longer read this file: it was moved, changed or locked.',
      todo: 'Drop it again from where it is now.',
    },
    'file-damaged': {
      what: 'This compressed file is damaged: its end is missing or cannot be read.',
      todo: 'Download it again, or unpack it before you drop it.',
    },
    'workbook-not-read': {
      what: 'This workbook is in the .{{kind}} format, which Tranche does not read.',
      todo: 'Open it in your spreadsheet program, choose Save as, Excel workbook (.xlsx), then drop that file.',
    },
    'workbook-locked': {
      what: 'This workbook is protected by a password: its content is encrypted.',
      todo: 'Open it in your spreadsheet program, save a copy without a password, then drop the copy.',
    },
    'workbook-damaged': {
      what: 'This workbook is damaged: a part of it is missing or cannot be read. Nothing was taken from it.',
      todo: 'Copy it again from where it came from, or open it in your spreadsheet program and save it.',
    },
    'workbook-too-large': {
      what: 'A sheet of this workbook unpacks to more than the limit of {{limit, bytes}}. It was not read.',
      todo: 'Keep only the rows and columns you need, or export the sheet as CSV.',
    },
    'unknown-sheet': {
      what: 'This workbook has no sheet “{{sheet}}”; it has these: {{sheets}}.',
      todo: 'Choose one of its sheets.',
    },
    'record-too-long': {
      what: 'Line {{line, number}} of this file is longer than {{limit, number}} characters: it is no table, or a quote is never closed.',
      todo: 'Check the quotes and the line ends of the export.',
    },
    'file-not-text': {
      what: 'Whatever its name, this file is neither a CSV nor an .xlsx workbook.',
      todo: 'Drop the list of outages as .xlsx or CSV.',
    },
    'file-too-large': {
      what: 'This file holds {{bytes, bytes}}; the limit is {{limit, bytes}}. It was not read.',
      todo: 'Split it, or keep only the years and the columns that matter.',
    },
    'file-is-image': {
      what: '“{{name}}” is an image: Tranche does not read photographed tables.',
      todo: 'Drop the workbook or the CSV it comes from.',
    },
    'file-is-pdf': {
      what: '“{{name}}” is a PDF: its tables cannot be read.',
      todo: 'Drop the workbook or the CSV it comes from.',
    },
    'several-files': {
      what: '{{n}} files came together ({{names}}): none was opened.',
      todo: 'Drop them one after the other.',
    },
    'nothing-in-common': {
      what: '“{{name}}” has no column in common with the open data (it has: {{columns}}).',
      todo: 'Nothing was added. Give the columns the same names, or open it instead.',
    },
    'file-no-rows': {
      what: 'No row of this file could be read.',
      todo: 'Check the delimiter and the encoding in the reading of the file.',
    },
    'file-header-only': {
      what: 'This file has a header row only: it holds no outage.',
      todo: 'Check the export, then drop the file again.',
    },
    'too-many-rows': {
      what: 'This file has more rows than Tranche admits.',
      todo: 'The limit is 1,000,000 rows: split the file, or keep only the years that matter.',
    },
    'too-many-columns': {
      what: 'This file has {{columns, number}} columns; the limit is {{limit, number}}.',
      todo: 'Remove those that are of no use, or check the delimiter.',
    },
    'encoding-unknown': {
      what: 'The encoding of this file could not be recognised.',
      todo: 'Save it as UTF-8, or choose the encoding by hand.',
    },
    'no-numeric-column': {
      what: 'No column of this file is a number or a pair of dates: there is no duration to learn.',
      todo: 'Check the decimal mark and the delimiter in the reading of the file.',
    },
    'no-target': {
      what: 'The column to predict has not been named yet.',
      todo: 'In Data, give one column the role Duration to predict, or two dates the roles Start and End.',
    },
    'elapsed-not-a-number': {
      what: 'The column “{{column}}” holds no numbers: it cannot say how long outages have lasted.',
      todo: 'Choose a column of numbers, in the unit of the duration.',
    },
    'elapsed-negative': {
      what: 'An outage cannot have lasted {{value, number}}: the time elapsed goes from 0 upwards.',
      todo: 'Correct this time, then try again.',
    },
    'no-elapsed-calibration': {
      what: 'This model keeps nothing that tells how much longer an outage under way takes: it was saved by an older version, or its training was stopped.',
      todo: 'Train it again on its data.',
    },
    'unknown-column': {
      what: 'The column “{{column}}” does not exist in this file.',
      todo: 'Choose one of the columns shown.',
    },
    'levers-none': {
      what: 'No lever is given: there is nothing to optimise.',
      todo: 'Name at least one column that you can choose, with its bounds.',
    },
    'levers-many': {
      what: '{{n}} levers are free; at most {{maximum}} can be optimised together.',
      todo: 'Freeze those that you do not mean to change.',
    },
    'levers-tied': {
      what: 'These levers act together in the model: {{columns}}. Their {{n}} combinations are too many (at most {{maximum}}).',
      todo: 'Narrow their bounds, take a larger step, or freeze one of them.',
    },
    'lever-unknown': {
      what: 'The lever “{{column}}” is no column that this model looks at. It looks at: {{known}}.',
      todo: 'Correct its name, or train a model that uses it.',
    },
    'lever-repeated': {
      what: 'The lever “{{column}}” is given twice.',
      todo: 'Keep only one of the two.',
    },
    'lever-crossed': {
      what: 'The bounds of the lever “{{column}}” cross: from {{min}} to {{max}}.',
      todo: 'Give a minimum that is not above the maximum.',
    },
    'lever-step': {
      what: 'The step of the lever “{{column}}” ({{step}}) will not do: it has to be above 0, and leave at most {{maximum}} values between its bounds.',
      todo: 'Take a larger step, or narrower bounds.',
    },
    'lever-values': {
      what: 'The values of the lever “{{column}}” will not do: it takes 1 to {{maximum}} of them, of the column’s type.',
      todo: 'Correct the list: labels for a category, numbers otherwise.',
    },
    'lever-cost': {
      what: 'A cost of the lever “{{column}}” will not do: {{value}}. A cost cannot be negative; a cost per unit takes a column of numbers or dates, a cost per unit and day a column of numbers.',
      todo: 'Correct it; for a category, give the cost of the change.',
    },
    'lever-outside': {
      what: 'No value of the lever “{{column}}” within your bounds was met in the past: the model has nothing to say there.',
      todo: 'Give bounds that touch what past outages have seen.',
    },
    'lever-file-invalid': {
      what: 'The file {{file}} will not do: {{problem}}.',
      todo: 'Compare it with the example in the documentation of the command line.',
    },
    'plan-no-levels': {
      what: 'This model announces neither P50 nor P80: its training was stopped before they were calibrated. Without them no plan can be compared with another.',
      todo: 'Train it again, to the end.',
    },
    'plan-target': {
      what: 'The target will not do: it takes a duration above 0, or an end date and a known start.',
      todo: 'Correct the duration, or give the start date.',
    },
    'plan-target-before-start': {
      what: 'The end date to keep lies before any possible start of the outage.',
      todo: 'Choose a date after the start, or an earlier start.',
    },
    'ledger-invalid': {
      what: 'This file is not a sound ledger of announcements: {{problem}}.',
      todo: 'Your data are intact. Take the ledger as Tranche wrote it; an announcement in it is never changed.',
    },
    'ledger-too-new': {
      what: 'This ledger comes from a newer version of Tranche ({{version}}, this page reads {{supported}}).',
      todo: 'Open it with the version that wrote it. Nothing was changed.',
    },
    'ledger-moved': {
      what: 'Another tab has added announcements in the meantime.',
      todo: 'Nothing was lost or added here: try again.',
    },
    'ledger-no-key': {
      what: 'Nothing tells these outages apart: neither an identifier nor a start date.',
      todo: 'Give an identifier or a start date: without one, what becomes of an outage could not be joined to what was announced. Nothing was announced.',
    },
    'ledger-empty': {
      what: 'The ledger holds no announcement.',
      todo: 'Announce a duration first, or replay a past file.',
    },
    'outcomes-no-key': {
      what: '“{{name}}” does not say how outages ended: it takes something to know them by (an identifier, or unit and start date) and a duration or an end date.',
      todo: 'Check the columns of the file. The ledger is intact.',
    },
    'replay-no-start': {
      what: '“{{name}}” gives no start dates: what would have been announced cannot be replayed.',
      todo: 'Name the column of start dates in the Data section.',
    },
    'replay-nothing-after': {
      what: 'No outage of “{{name}}” begins after that date: there would be nothing to announce.',
      todo: 'Choose an earlier date.',
    },
    'unknown-dataset': {
      what: 'The data are no longer open.',
      todo: 'Reload the page, or drop the file again.',
    },
    'unknown-model': { what: 'The model is no longer open.', todo: 'Reload the page, or train it again.' },
    'log-broken': {
      what: 'The log of versions is no longer what it was: its entry {{entry}} was changed, taken out or added afterwards.',
      todo: 'It opens read-only up to there; open a copy of the project file to find the rest again.',
    },
    'log-moved': {
      what: 'The log of versions has changed meanwhile: somebody else has just written to it.',
      todo: 'Look at what changed, then try again.',
    },
    'version-unknown': {
      what: 'No version has this name: {{version}}.',
      todo: 'Choose one of those in the list.',
    },
    'version-not-allowed': {
      what: 'Version {{number}} is not in a state that allows this.',
      todo: 'Open the list of versions again: its state may have changed.',
    },
    'version-missing': {
      what: 'The model of this version is not kept here.',
      todo: 'Open a project file that holds it.',
    },
    'version-altered': {
      what: 'The model of this version is no longer the one that was kept: its hash differs.',
      todo: 'Open a project file that holds it intact.',
    },
    'gate-not-passed': {
      what: 'The comparison with the champion does not allow this promotion.',
      todo: 'Compare again on other outages, or force the promotion and say why: it will be recorded as such.',
    },
    'gate-other-targets': {
      what: 'The two models do not predict the same thing ({{old}} and {{new}}): their errors cannot be compared.',
      todo: 'Compare models of the same duration.',
    },
    'gate-other-unit': {
      what: 'The durations of column {{column}} do not go with the dates of the file: they seem to be in another unit than its name says.',
      todo: 'Correct the name of the column or its values, then try again.',
    },
    'gate-no-fingerprints': {
      what: 'The model {{name}} does not say which outages it learnt from: nothing proves that those of the file are new to it.',
      todo: 'Train it again with this version of Tranche.',
    },
    'signature-invalid': {
      what: 'The name of who acts is missing, or a reason of at least ten characters.',
      todo: 'Complete it, then try again.',
    },
    'project-invalid': {
      what: 'This is no project file that can be read: {{problem}}.',
      todo: 'Ask for it again, or open another copy.',
    },
    'project-too-new': {
      what: 'This project file comes from a newer version of Tranche ({{version}}; this one reads up to {{supported}}).',
      todo: 'Open it with the newer version.',
    },
    'project-altered': {
      what: 'This project file has been changed or damaged: {{what}} is no longer what was saved.',
      todo: 'Nothing was taken from it. Open another copy.',
    },
    'output-unwritable': {
      what: 'The result cannot be written there.',
      todo: 'Choose a folder you may write to; the earlier file is intact.',
    },
    'output-full': {
      what: 'There is no room left to write the result; the earlier file is intact.',
      todo: 'Free some room, or write elsewhere.',
    },
    'artifact-missing': {
      what: 'The store has nothing under this name: {{name}}.',
      todo: 'Check the address of the store; nothing was changed.',
    },
    'artifact-exists': {
      what: 'This name is taken in the store: {{name}}. What lies there is untouched.',
      todo: 'Try again: it will go on after what exists.',
    },
    'artifact-changed': {
      what: 'Other work wrote to the store meanwhile: {{name}}. Its result is kept, this one changed nothing.',
      todo: 'Try again from the new state.',
    },
    'artifact-damaged': {
      what: 'An object of the store is no longer what was written: {{name}}. It was not used.',
      todo: 'Put it back from a backup; “check-store” tells what is touched.',
    },
    'store-unreachable': {
      what: 'The store {{name}} does not answer or refuses access; what was written to it is untouched.',
      todo: 'Check address, rights and network, then try again.',
    },
    'store-locked': {
      what: 'Another retraining is at work on this store ({{owner}}): this one did not begin.',
      todo: 'Wait for its end; a lock whose process is no more is taken over by itself.',
    },
    'port-unavailable': {
      what: 'The service cannot answer at {{name}}.',
      todo: 'Stop the program that holds it, or choose another port (--port).',
    },
    'keys-invalid': {
      what: 'The file of keys {{name}} cannot be read: no request is taken without a known key.',
      todo: 'Write it as docs/production.md shows.',
    },
    'storage-unavailable': {
      what: 'The browser refuses to save on this computer.',
      todo: 'Carry on, and download your model before you close the tab.',
    },
    'storage-too-new': {
      what: 'A newer version of Tranche has kept work in this browser: this one cannot read it, and leaves it alone.',
      todo: 'Open the newer version to find it again.',
    },
    'storage-full': {
      what: 'The browser’s storage is full: this could not be saved.',
      todo: 'Download your model, free some space, then reload the page.',
    },
    'work-under-way': {
      what: 'Other work is under way: this has not begun.',
      todo: 'Wait for its end, or cancel it at the bottom of the page; then try again.',
    },
    'out-of-memory': {
      what: 'This computer has not enough memory for this calculation, which stopped.',
      todo: 'Close other tabs or programs, or reduce the number of rows, then try again.',
    },
    'worker-stopped': {
      what: 'The computation stopped abruptly: the machine was too busy, memory ran out, or the browser ended it.',
      todo: 'Try again; if it comes back, close other tabs or use fewer rows.',
    },
  },
} satisfies Translation<French['errors']>;
