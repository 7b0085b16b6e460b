import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { isShorterThanDay } from '#data/time-units.ts';
import { useWords } from '#language/use-words.ts';
import { type DecisionNote, writeNote } from '#report/decision-note.ts';
import { tellKnownAtStart } from '#report/model-sentences.ts';
import { tellOddities } from '#report/reach-sentences.ts';
import type { ModelOnShow, Scenario } from '#store/state.ts';
import { isTrainingData } from '#store/training-data.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { findAnnounced } from './duration-curve.view.ts';
import {
  findEnd,
  findStart,
  isToCome,
  judgeLearnt,
  listContradicted,
  listOutside,
} from './scenarios.view.ts';
import { RangeDrawing, ReasonsDrawing } from './note-charts.tsx';
import classes from './note.module.css';

export interface NoteScreenProps {
  readonly model: ModelOnShow;
  readonly scenario: Scenario;
  readonly onBack: () => void;
}

/** The question on screen and its answer as one page for a committee: to print, or to save as PDF. */
export function NoteScreen({ model, scenario, onBack }: NoteScreenProps) {
  const { t, format } = useWords();
  const [author, setAuthor] = useState('');
  const explainScenario = useAppStore((state) => state.explainScenario);
  const { cells } = scenario;
  useEffect(() => void explainScenario(cells), [cells, explainScenario]);
  const note = useNote(model, scenario);
  const [today] = useState(() => Date.now());
  const made = { date: format.longDate(today), author: author.trim() };
  return (
    <Stack gap="md">
      <Group className="no-print" align="flex-end" gap="sm">
        <Button variant="default" size="xs" onClick={onBack} leftSection={<Icon name="undo" size={14} />}>
          {t('note.back')}
        </Button>
        <TextInput
          size="xs"
          w={240}
          label={t('note.author')}
          placeholder={t('note.authorHint')}
          value={author}
          onChange={(event) => setAuthor(event.currentTarget.value)}
        />
        <Button size="xs" disabled={note === null} onClick={() => window.print()} title={t('note.printHint')}>
          {t('note.print')}
        </Button>
      </Group>
      {note === null ? (
        <Alert className="no-print">{t('note.waiting')}</Alert>
      ) : (
        <NotePage
          note={note}
          model={model}
          scenario={scenario}
          made={made.author === '' ? t('note.made', made) : t('note.madeBy', made)}
        />
      )}
    </Stack>
  );
}

/** Null until the answer and its reasons are there. */
function useNote(model: ModelOnShow, scenario: Scenario): DecisionNote | null {
  const words = useWords();
  const found = useAppStore((state) => state.caseExplanation);
  const dataset = useAppStore((state) => state.dataset);
  const target = useAppStore((state) => state.targetDuration);
  const isOfData = useAppStore(isTrainingData);
  return useMemo(() => {
    const { prediction, cells, origin } = scenario;
    const isExplained = found?.cells === cells && (found.similar !== null || dataset === null);
    if (prediction === null || !isExplained) return null;
    const { summary, result, fromSample: isSample, isStale } = model;
    const { features } = summary;
    const { unit } = summary.target;
    const p80 = prediction.interval?.p80;
    const takenForKnown = isToCome(features, scenario)
      ? tellKnownAtStart(
          features.filter((_, i) => !prediction.open?.features.includes(i)),
          words.t('model.horizon.plan'),
          words,
        )
      : null;
    const outside = listOutside(prediction.notes, features);
    const oddities = tellOddities(outside.length, listContradicted(features, cells), words);
    return writeNote(
      {
        summary,
        result,
        cells,
        prediction: { ...prediction, learnt: judgeLearnt(prediction, isOfData ? found.similar : null) },
        origin,
        waterfall: found.explanation?.waterfall ?? null,
        curve: (prediction.isUnseen ? scenario.unseenCurve : found.explanation?.curve) ?? null,
        similar: found.similar,
        target,
        announced: findAnnounced(features, scenario),
        start: findStart(features, scenario),
        end: p80 && isClaimed(p80) ? findEnd(features, scenario, p80.value, unit) : null,
        hasTime: isShorterThanDay(unit),
        oddities: [
          ...(oddities === null
            ? []
            : [outside.length > 0 ? words.pair(oddities, `${outside.join(', ')}.`) : `${oddities}.`]),
          ...(takenForKnown === null ? [] : [takenForKnown]),
        ],
        file: dataset && { name: dataset.name, nRows: dataset.summary.nRows },
        isSample,
        isStale,
      },
      words,
    );
  }, [model, scenario, found, dataset, target, isOfData, words]);
}

interface NotePageProps {
  readonly note: DecisionNote;
  readonly model: ModelOnShow;
  readonly scenario: Scenario;
  readonly made: string;
}

function NotePage({ note, model, scenario, made }: NotePageProps) {
  const { t } = useWords();
  const target = useAppStore((state) => state.targetDuration);
  const { features } = model.summary;
  const { unit } = model.summary.target;
  const announced = findAnnounced(features, scenario);
  const marks = [
    ...(announced === null ? [] : [{ label: t('note.mark.plan'), value: announced }]),
    ...(target === null ? [] : [{ label: t('note.mark.target'), value: target }]),
  ];
  return (
    <article className={classes['page']} data-testid="note" aria-label={t('note.title')}>
      <h2>{t('note.title')}</h2>
      <h3>{t('note.heading.question')}</h3>
      <p>{t(scenario.origin && !scenario.isOwn ? 'note.askPast' : 'note.ask')}</p>
      <List className={classes['fields']} lines={note.question} />
      <h3>{t('note.heading.answer')}</h3>
      <div className={classes['answer']}>
        <div className={classes['headline']}>{note.headline}</div>
        <div>
          {[...note.answer, ...note.plan].map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </div>
      {note.drawing && (
        <>
          <RangeDrawing
            drawing={note.drawing}
            dots={note.similar.map(({ duration }) => duration)}
            marks={marks}
            unit={unit}
          />
          <p>{t('note.dots')}</p>
        </>
      )}
      <h3>{t('note.heading.reasons')}</h3>
      {note.reasons ? (
        <>
          <ReasonsDrawing reasons={note.reasons} />
          <p data-testid="reasons">{note.reasons.sentence}</p>
        </>
      ) : (
        <p>{t('note.noReasons')}</p>
      )}
      <div className={classes['pair']}>
        <section>
          <h3>{t('note.heading.similar')}</h3>
          {note.similar.length === 0 ? (
            <p>{t('note.noSimilar')}</p>
          ) : (
            <List lines={note.similar.map(({ text }) => text)} />
          )}
        </section>
        <section>
          <h3>{t('note.heading.past')}</h3>
          <List lines={note.past} />
        </section>
        <section>
          <h3>{t('note.heading.trust')}</h3>
          <List lines={note.trust} />
        </section>
        <section>
          <h3>{t('note.heading.limits')}</h3>
          <List lines={note.limits} />
        </section>
      </div>
      <footer className={classes['foot']}>
        {[...note.sources, made].map((line) => (
          <p key={line}>{line}</p>
        ))}
      </footer>
    </article>
  );
}

function List({
  lines,
  className,
}: {
  readonly lines: readonly string[];
  readonly className?: string | undefined;
}) {
  return (
    <ul className={className}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
