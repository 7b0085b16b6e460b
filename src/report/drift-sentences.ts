import type { Words } from '#language/words.ts';
import type { DriftFinding } from '#monitoring/drift-findings.ts';
import { type ColumnDrift, LEAST_CURRENT } from '#monitoring/feature-drift.ts';

/** What drifted of a column, and by how much; the gravest alone. Null where nothing did. */
export function tellDrift(drift: ColumnDrift, words: Words): string | null {
  const [finding] = drift.findings;
  return finding ? tellFinding(finding, drift, words) : null;
}

function tellFinding(
  finding: DriftFinding,
  { column, distance }: ColumnDrift,
  { t, format, count }: Words,
): string {
  const effect = distance?.value ?? NaN;
  const since = 'since' in finding && finding.since !== null ? format.date(finding.since) : null;
  const outages = 'n' in finding ? count('common.outages', finding.n) : '';
  switch (finding.kind) {
    case 'frozen': {
      const { value } = finding;
      const written = typeof value === 'number' ? format.short(value) : String(value);
      const told = { column, value: written, outages };
      return since === null
        ? t('followUp.drift.frozen', told)
        : t('followUp.drift.frozenSince', { ...told, since });
    }
    case 'recoded': {
      const { from, to } = finding;
      const told = { column, from, to, outages };
      return since === null
        ? t('followUp.drift.recoded', told)
        : t('followUp.drift.recodedSince', { ...told, since });
    }
    case 'new-labels':
      return t('followUp.drift.new-labels', { column, labels: finding.labels.join(', '), outages });
    case 'rescaled': {
      const { factor } = finding;
      return factor >= 1
        ? t('followUp.drift.rescaled', { column, factor: format.short(factor) })
        : t('followUp.drift.rescaledDown', { column, factor: format.short(1 / factor) });
    }
    case 'missing': {
      const { current, reference } = finding;
      return t('followUp.drift.missing', {
        column,
        current: format.percent(current),
        reference: format.percent(reference),
      });
    }
    case 'moved':
      return t('followUp.drift.moved', {
        column,
        current: format.short(finding.current),
        reference: format.short(finding.reference),
        effect: format.number(effect),
      });
    default: {
      const labels = finding.labels.map(({ label, current, reference }) =>
        t('followUp.drift.mixLabel', {
          label,
          current: format.percent(current),
          reference: format.percent(reference),
        }),
      );
      return t('followUp.drift.mix', { column, labels: labels.join(', '), effect: format.percent(effect) });
    }
  }
}

/** What so many outages can and cannot show. */
export function tellVisible(
  { distance, nCurrent, measure }: ColumnDrift,
  { t, format, count }: Words,
): string {
  const outages = count('common.outages', nCurrent);
  if (distance === null) return t('followUp.drift.tooFew', { outages, least: format.number(LEAST_CURRENT) });
  return t('followUp.drift.visibleAt', { outages, visible: writeEffect(distance.visible, measure, format) });
}

/** An effect in its own measure: ranges of the reference, or a share. */
export function writeEffect(value: number, measure: ColumnDrift['measure'], format: Words['format']): string {
  return measure === 'tv' ? format.percent(value) : format.number(value);
}
