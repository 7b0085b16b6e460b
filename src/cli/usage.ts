/** What `--help` prints, and what a wrong call is answered with. */
export const usage = `Tranche: how long will this outage take, how sure is that, and what drives it.

  inspect FILE [--json]                what train would learn from: types, roles, leaks, rows set aside, findings;
                                       takes train's options of roles and of reading, and no target need be named
  train FILE --target COLUMN [--model-out M.json] [--json]
      [--drop COLUMN[,COLUMN…]]        leave columns out
      [--start COLUMN --end COLUMN]    the duration is end − start where no --target is given
      [--keep COLUMN[,COLUMN…]]        use columns although they seem to give the target away
      [--horizon plan|start [--lead DAYS]]
                                       plan: learn from what is known DAYS before the start (180 where the
                                       file spans two years); the default where there are start dates and
                                       something that is known only as they draw near
      [--known-before COLUMN[,COLUMN…]] [--known-at-start COLUMN[,COLUMN…]]
                                       when columns are known, where their names say otherwise
      [--expect COLUMN=shorter|longer[,…]]
                                       the more of a column of numbers, the shorter or the longer an outage, all
                                       else equal: every answer keeps it, by the models that can
      [--split time|random]            outages to judge by: the most recent (the default where there are start
                                       dates), or drawn at random
      [--also-random]                  scores of all models on random folds too, in as long again
      [--as-of DATE]                   the day the file was made: outages that were not over by then are learnt from
                                       by what they had lasted; without it, as far as the file tells: its latest
                                       start or end, where none of them is to come
      [--factors F.csv [--factors-date COLUMN] [--factors-key COLUMN=COLUMN|none]]
                                       outside factors (weather, load, staff) joined to each start by date, and by
                                       the columns of the outages and of the factors that name the same sites;
                                       --factors-delimiter and the others say how that file is read
      [--holidays]                     French public holidays and bridge days within 7 and 30 days of the start
      [--no-past]                      no features from the past of unit, class and fleet
      [--settings F.json]              settings that tune chose
      [--seed 1] [--folds 5] [--test-share 0.2] [--preset default|reference]
      [--workers N]                    threads to train with, 8 at most, by default one a core; the model is
                                       the same
  tune FILE --target COLUMN [--json]   search settings by cross-validation; takes train's options of roles, reading,
                                       split and horizon
      [--method grid|random|bayes]     bayes by default
      [--preset reference]             with --method grid: the grid of scikit-learn's usual example
      [--space F.json]                 ranges by name: {"learningRate": {"min": 0.02, "max": 0.2}, "maxDepth": [3, 5]}
      [--trials 60] [--minutes M]      the budget
      [--resume F]                     keep every step in F, and go on from there where it exists
      [--settings-out F.json]          what was chosen, for train --settings
  predict M.json FILE [--out F.csv] [--dialect excel-french|international]
      [--elapsed 12 | --elapsed-column COLUMN]
                                       outages under way, by what they have lasted in the unit of the duration:
                                       how much longer (P50, P80, P90), and the days these end
      [--factors F.csv]                outside factors of a model that was trained with some; without it, or after its
                                       last date, what they usually are stands for them; for evaluate as well
      [--announce LEDGER.json [--announced-on DATE]]
                                       keep what is said of each outage, with all its levels, in a ledger (made where
                                       there is none): frozen, to be judged by monitor
  evaluate M.json FILE [--json]
  gate OLD.json NEW.json FILE [--json] [--without-learnt] [--seed 1]
                                       whether NEW may take the place of OLD, on finished outages that neither has
                                       learnt; FILE with others is refused, or judged --without-learnt ones
  version list|log|verify PLACE [--json]
  version promote|rollback PLACE VERSION --reason R [--by NAME] [--force]
                                       versions of models and what happened to them; PLACE is a project file of the
                                       page, or a store of retrain; VERSION its number or the beginning of its hash
  optimise M.json (--row N --data FILE | --case F.json) --levers F.json [--json]
      [--objective p50|p80|cost]       what is made small: a level (P80 by default), or the cost of days and levers
      [--day-cost 0] [--cost-at p50|p80]
                                       what a unit of the duration costs, and which duration that is
      [--target-days N | --target-date DATE] [--least change|cost]
                                       keep a P80 or an end with the least change, or at the least cost
      [--front] [--seconds 60]         all trade-offs of the levers' cost and the P80; how long the proof may take
  serve --model M.json                 answer requests over HTTP: /predict, SageMaker's contract, the Open Inference
                                       Protocol, /explain, /optimise (docs/production.md); until a signal ends it
      [--pointer current.json]         instead: the model that a store's pointer names; a newer one is taken at once
      [--models FOLDER]                instead: models of a folder, opened and closed by name
      [--host 127.0.0.1] [--port 8080] [--metrics-port 9464|off] [--name tranche]
      [--keys keys.json] [--tls-cert C.pem --tls-key K.pem [--client-ca CA.pem]]
      [--log requests|errors|off] [--capture off|hash|full --capture-to FOLDER] [--emf]
      [--page index.html] [--max-body 6] [--max-seconds 10]
  monitor LEDGER.json FILE [--json]    what became of the announcements, by a file that tells ends or durations: levels
                                       kept, error, bias, drift, alarms
      [--as-of DATE]                   the day up to which the file tells; by default its latest start or end
      [--tolerance 7]                  days by which the start of an outage may have moved
      [--silent running|unknown]       announced outages that the file does not hold: under way (the default, where it
                                       covers their unit and time), or not judged
      [--for-model HASH]               of several models in the ledger, the one to judge; by default the last
  monitor --replay FILE --train-to 2015 [--json]
                                       the same of a past file: learn what was over by then, announce each later
                                       outage as it begins; takes train's options of roles, reading and settings
      [--ledger-out L.json] [--model-out M.json]
  generate --out F.csv [--kind simple|fleet] [--seed 42] [--dialect excel-french|international]
      [--rows 1000 --noise 2]          simple
      [--units 20 --years 10]          fleet
  retrain --data DIR|FILE|s3://… --store DIR|s3://BUCKET/PREFIX [--json]
                                       trains on all that lies there and, where the gate says that it is better, puts
                                       the new model to work; takes train's options of roles, reading and settings,
                                       by default those of the model at work. Exit code 0: promoted, 10: the old one
                                       was kept, 11: nothing new, 12: another retraining is at work
      [--rule paired|strict]           strict: the smaller mean squared error, however little
      [--dry-run]                      what would be done; nothing is written
      [--by NAME]                      who signs in the log
      [--allow-unconditional]          a bucket whose server writes over what it must not
  watch --data DIR --store S [--every 60] [--once]
                                       takes files dropped into DIR (to DIR/taken, or DIR/refused with the reason),
                                       once they stand still or NAME.done lies beside them, and retrains
  rollback --store S --reason R [--to VERSION]
                                       the model before goes back to work, at once and without a gate
  history --store S [--json]           who did what with which version, when and why
  check-store --store S [--json]       whether anything in it is lost or altered; changes nothing

FILE is a CSV or an .xlsx workbook; it may be packed with gzip, a pipe, or - for standard input. Its dialect is detected; these overrule it, for every command:
      [--encoding utf-8|utf-16le|utf-16be|windows-1252] [--delimiter ,|;|tab|'|'] [--decimal .|,]
      [--thousands none|space|,|.] [--dates ymd|dmy|mdy]
      [--uneven reject|fill|fit]       lines with too few or too many cells: fill the short ones with empty
                                       cells, fit cuts the long ones too
      [--type COLUMN=number|date|category]
                                       what a column holds, where its cells are taken for something else
      [--apart COLUMN[,COLUMN…]]       leave a date and its time, an interval, a column of units as in the file
      [--sheet NAME]                   of a workbook, by default its first one with filled cells
      [--language fr|en]               the language of sentences and figures, for every command; codes and --json
                                       are the same in both
Without --out the table goes to standard output. Messages go to standard error.
`;
