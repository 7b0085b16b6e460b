const narrowSpace = '\u202f';
const noBreakSpace = '\u00a0';

/**
 * French typography on a text written with plain spaces and apostrophes: a narrow no-break space before
 * ; ! ? %, a no-break space before : and inside « », a curly apostrophe. Numbers are not touched.
 */
export function typesetFrench(text: string): string {
  return text
    .replaceAll(/ ([;!?%])/gu, `${narrowSpace}$1`)
    .replaceAll(/ ([:»])/gu, `${noBreakSpace}$1`)
    .replaceAll('« ', `«${noBreakSpace}`)
    .replaceAll("'", '’');
}
