import { plainName } from './column-words.ts';

/**
 * What a word among numbers or dates says: not over yet (`en cours`), nothing (`ND`, `néant`, `***`), or that the value
 * lies beyond what was written (`<0,1`, `> 9`).
 */
export type CellMeaning = 'ongoing' | 'nothing' | 'censored';

/** In six languages, as `plainName` writes them. */
const ongoing =
  /^((toujours |encore )?en cours( d arret)?|(still |not yet )?(ongoing|in progress|under ?way|open|active|out|down)|(encore |toujours )?ouverte?s?|current(ly)?|(noch |derzeit )?(laufend|offen|nicht beendet)|lauft( noch)?|en curso|abiert[oa]|in corso|apert[oa]|(em|ainda em) (curso|andamento|aberto)|(a|jusqu a) (ce jour|aujourd hui|maintenant|nouvel ordre)|to date|until (now|today|further notice)|present|now|today|heute|bis heute|bis auf weiteres|hoy|oggi|hoje|non (terminee?|finie?|close?|cloturee?|soldee?)|pas (encore )?(terminee?|finie?|close?|cloturee?)|not (yet )?(ended|finished|closed|complete|completed|over)|no end( date)?( yet)?|sans fin)$/;
const nothing =
  /^(nd|nc|ne|nr|ns|na|n [aedcrs]|n app?l?|so|s [odf]|sans objet|neant|aucune?|rien|vide|inconnue?|(non|pas) (connue?|renseignee?|disponible|communiquee?|determinee?|definie?|applicable|precisee?|saisie?|mesuree?)|unknown|undefined|unspecified|not (available|known|applicable|set|specified|provided|recorded|measured)|none|nil|null|nan|empty|blank|missing|tb[acd]|to be (defined|determined|confirmed|announced)|(reste )?a (definir|preciser|determiner|confirmer|completer|renseigner|venir)|unbekannt|k a|keine( angaben?)?|nicht (bekannt|verfugbar|erfasst)|fehlt|desconocid[oa]|sin (datos?|fecha|definir)|por definir|no (disponible|aplica|consta)|sconosciut[oa]|non (noto|disponibile|definito)|da definire|desconhecid[oa]|sem (data|dados)|nao (disponivel|aplicavel|informado)|a definir|x+|error|erreur)$/;
/** Signs only, and the zeros of a date that is none: `***`, `--/--/----`, `00/00/0000 00:00`. */
const signsOnly = /^[^\p{L}\d]+$/u;
const zeroDate = /^0{2,4}[/.\- ]?0{2}[/.\- ]?0{2,4}([ T]00?:00(:00)?)?$/;
const beyond =
  /^(?:[<>≤≥]=?|plus de|moins de|supérieure? à|inférieure? à|au moins|au plus|more than|less than|over|under|at least|at most|above|below|mehr als|weniger als|über|unter|mindestens|más de|menos de|più di|meno di|oltre|mais de)\s*(?=\d)/iu;

export function tellsOngoing(text: string): boolean {
  return ongoing.test(plainName(text));
}

/** Of a cell that is neither empty nor readable; null for a word that says nothing known. `read` reads what follows a `>`. */
export function tellMeaning(text: string, read: (text: string) => number): CellMeaning | null {
  const trimmed = text.trim();
  const bound = withoutBound(trimmed);
  if (bound !== null) return Number.isNaN(read(bound)) ? null : 'censored';
  if (signsOnly.test(trimmed) || zeroDate.test(trimmed)) return 'nothing';
  const word = plainName(trimmed);
  return ongoing.test(word) ? 'ongoing' : nothing.test(word) ? 'nothing' : null;
}

/** `9` of `> 9`, `24 h` of `plus de 24 h`, `9` of `9+`; null where the text sets no bound. */
function withoutBound(text: string): string | null {
  const match = beyond.exec(text);
  if (match !== null) return text.slice(match[0].length);
  return /^\d[\d\s.,]*\+$/.test(text) ? text.slice(0, -1) : null;
}
