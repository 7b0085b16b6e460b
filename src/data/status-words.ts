import { nameSays, plainName } from './column-words.ts';
import type { CategoryColumn } from './table.ts';

/** What becomes of an outage, by the first word of a label, as `plainName` folds it. */
const states = {
  /** It did not take place: ENTSO-E's codes among them. */
  cancelled:
    /^(annulee?s?|supprimee?s?|retiree?s?|abandonnee?s?|refusee?s?|rejetee?s?|cancell?ed|withdrawn|dismissed|rejected|void(ed)?|abandoned|deleted|storniert|abgesagt|zuruckgezogen|annulliert|geloscht|cancelad[oa]s?|anulad[oa]s?|retirad[oa]s?|rechazad[oa]s?|annullat[oaie]|cancellat[oaie]|ritirat[oaie]|a09|a13)\b/,
  /** It did not take place then. */
  postponed:
    /^(reportee?s?|differee?s?|ajournee?s?|postponed|deferred|verschoben|vertagt|aplazad[oa]s?|rinviat[oaie]|adiad[oa]s?)\b/,
  finished:
    /^(terminee?s?|achevee?s?|cloturee?s?|cloture|clos|closes?|fermee?s?|finie?s?|realisee?s?|soldee?s?|finished|completed?|comp|closed?|done|ended|resolved|abgeschlossen|beendet|erledigt|geschlossen|finalizad[oa]s?|cerrad[oa]s?|terminad[oa]s?|completad[oa]s?|completat[oaie]|chius[oaie]|conclus[oaie]|terminat[oaie]|concluid[oa]s?|encerrad[oa]s?)\b/,
  running:
    /^(activ[eo]s?|activa|actifs?|en cours|ongoing|in progress|inprg|open|ouverte?s?|laufend|offen|aktiv|en curso|abiert[oa]s?|in corso|apert[oaie]|attiv[oaie]|em curso|abert[oa]s?|a05)\b/,
} as const;
type State = keyof typeof states;

function isState(label: string, ...wanted: readonly State[]): boolean {
  const plain = plainName(label.toLowerCase());
  return wanted.some((state) => states[state].test(plain));
}

const yes = /^(oui|o|yes|y|ja|j|si|s|sim|true|vrai|wahr|x)$/;
const no = /^(non|n|no|nein|nao|false|faux|falsch)$/;

/** The labels that say yes in a column that asks it by its name: « Annulé » oui, non or empty. */
function listYes({ name, categories, codes }: CategoryColumn): readonly string[] {
  const plain = categories.map((label) => plainName(label.toLowerCase()));
  const isQuestion = isState(name, 'cancelled') && plain.every((label) => yes.test(label) || no.test(label));
  const affirmed = isQuestion ? categories.filter((_, i) => yes.test(plain[i] ?? '')) : [];
  return affirmed.length < categories.length || codes.includes(-1) ? affirmed : [];
}

/** The labels of a column of states that say that the outage did not take place; none of another column. */
export function listCancelled(column: CategoryColumn): readonly string[] {
  const affirmed = listYes(column);
  if (affirmed.length > 0) return affirmed;
  const cancelled = column.categories.filter((label) => isState(label, 'cancelled', 'postponed'));
  const tellsStates = nameSays(column.name, 'status') || isColumnOfStates(column);
  return tellsStates && cancelled.length < column.categories.length ? cancelled : [];
}

/** Whether the labels say how the outage ended: known when it is over, whatever the column is called. */
export function isColumnOfStates({ categories }: CategoryColumn): boolean {
  if (categories.length === 0 || !categories.some((label) => isState(label, 'finished'))) return false;
  const nStates = categories.filter((label) =>
    isState(label, 'cancelled', 'postponed', 'finished', 'running'),
  ).length;
  return nStates >= 0.8 * categories.length;
}
