/** The words of dates in French, English, German, Spanish, Italian and Portuguese, folded: without accents, lower case. */
const monthWords: ReadonlyMap<string, number> = listWords([
  'janvier janv jan january januar janner jaenner enero ene gennaio gen janeiro',
  'fevrier fevr fev february feb februar febrero febbraio fevereiro',
  'mars march mar marz maerz mrz marzo marco',
  'avril avr april apr abril abr aprile',
  'mai may mayo maggio mag maio',
  'juin june jun juni junio giugno giu junho',
  'juillet juil july jul juli julio luglio lug julho',
  'aout august aug agosto ago',
  'septembre sept sep september septiembre setiembre set settembre setembro',
  'octobre oct october oktober okt octubre ottobre ott outubro out',
  'novembre nov november noviembre novembro',
  'decembre dec december dezember dez diciembre dic dicembre dezembro',
]);

const weekdayWords: ReadonlyMap<string, number> = listWords([
  'lundi lun monday mon montag mo lunes lunedi segunda seg lu',
  'mardi mar tuesday tue tues dienstag di martes martedi terca ter ma',
  'mercredi mer wednesday wed mittwoch mi miercoles mie mercoledi quarta qua me',
  'jeudi jeu thursday thu thur thurs donnerstag do jueves jue giovedi gio quinta qui je',
  'vendredi ven friday fri freitag fr viernes vie venerdi sexta sex ve',
  'samedi sam saturday sat samstag sonnabend sa sabado sab sabato',
  'dimanche dim sunday sun sonntag so domingo dom domenica',
]);

function listWords(lists: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    lists.flatMap((words, index) => words.split(' ').map((word): [string, number] => [word, index + 1])),
  );
}

function fold(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** 1–12 of a month's name or short form; undefined for another word. */
export function findMonth(word: string): number | undefined {
  return monthWords.get(fold(word));
}

const weekdayFirst = /^(\p{L}{2,10})(?:-feira)?\.?,?\s+(?=\S)/u;

/** The text without a day of the week at its beginning: « Ven 05/01/24 », "Friday, July 1, 2011". */
export function withoutWeekday(text: string): string {
  const match = weekdayFirst.exec(text);
  return match !== null && weekdayWords.has(fold(match[1] as string)) ? text.slice(match[0].length) : text;
}
