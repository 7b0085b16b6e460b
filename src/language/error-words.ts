import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import type { Translate } from './words.ts';

export interface ErrorWords {
  readonly what: string;
  readonly todo: string;
}

/** What happened and what to do, in the language of the reader; lists are joined, absent values get a dash. */
export function describeError(t: Translate, code: ErrorCode, details: ErrorDetails): ErrorWords {
  const values = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : typeof value === 'number' ? value : String(value ?? ''),
    ]),
  );
  if (code === 'model-columns-missing' && Array.isArray(details['alike'])) {
    const { columns, alike } = details as {
      readonly columns: readonly string[];
      readonly alike: readonly string[];
    };
    values['columns'] = columns
      .map((name, i) => (alike[i] ? t('errors.alike', { name, alike: alike[i] }) : name))
      .join(', ');
  }
  if (code === 'column-not-read')
    values['type'] = t(details['type'] === 'date' ? 'errors.cells.date' : 'errors.cells.number');
  if (code === 'import-unsupported') {
    const { part = 'booster' } = details;
    values['sentence'] = t(`exchange.unread.${part as 'booster'}`);
  }
  if (code === 'export-refused') {
    const nameModel = (name: unknown) => t(`terms.model.${name as 'blend'}`);
    const { reason = 'family', model = 'blend', offered, offeredMae, ownMae } = details;
    values['sentence'] = t(`exchange.refusal.${reason as 'family'}`, { model: nameModel(model) });
    values['offer'] =
      typeof offeredMae === 'number' && typeof ownMae === 'number'
        ? t('exchange.offer', { offered: nameModel(offered), offered_mae: offeredMae, own_mae: ownMae })
        : t('exchange.noOffer');
  }
  return { what: t(`errors.code.${code}.what`, values), todo: t(`errors.code.${code}.todo`, values) };
}
