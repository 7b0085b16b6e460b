import type { Words } from '#language/words.ts';
import type { Service } from './answering/service.ts';

/** The page for people who have no dashboard: plain HTML that fetches nothing, with what was counted since the start. */
export async function writeStatusPage(
  service: Service,
  startedAt: number,
  { language, t, format, count, pair }: Words,
): Promise<string> {
  const { metrics, slots, now } = service;
  const waiting = service.isReady() ? 'ready' : 'waiting';
  const state = service.isDraining() ? 'draining' : waiting;
  const requests = (await metrics.duration.get()).values;
  const sum = (part: 'count' | 'sum', wants: (status: number) => boolean = () => true) =>
    requests.reduce((total, { metricName, labels, value }) => {
      const isPart = metricName?.endsWith(`_${part}`) === true && wants(Number(labels.status));
      return total + (isPart ? value : 0);
    }, 0);
  const rows = (await metrics.rows.get()).values.reduce((total, { value }) => total + value, 0);
  // A cell that was not given is no value that was received.
  const notes = (await metrics.notes.get()).values.flatMap(({ labels, value }) =>
    labels.code === 'missing' ? [] : [{ ...labels, value }],
  );
  const models = slots.list().map(({ name, hash, model: { summary } }) =>
    t('service.modelOf', {
      name,
      hash: hash.slice(0, 12),
      target: summary.target.name,
      rows: count('service.rows', summary.nTrainingRows),
    }),
  );
  const remarks = [...new Set(notes.map(({ feature }) => String(feature)))].map((feature) => {
    const total = notes.reduce((n, note) => n + (note.feature === feature ? note.value : 0), 0);
    return pair(feature, format.number(total, 0));
  });
  const figures: readonly (readonly [string, string])[] = [
    [t('service.state'), t(`service.states.${state}`)],
    [t('service.running'), format.elapsed(now() - startedAt)],
    [t('service.model'), models.join(', ') || '–'],
    [t('service.requests'), format.number(sum('count'), 0)],
    [
      t('service.faults'),
      format.number(
        sum('count', (status) => status >= 500),
        0,
      ),
    ],
    [t('service.meanTime'), `${format.number((1000 * sum('sum')) / Math.max(1, sum('count')), 1)} ms`],
    [t('service.predicted'), format.number(rows, 0)],
    [t('service.remarks'), remarks.join(', ') || t('service.noRemarks')],
  ];
  const title = t('service.title');
  const list = figures.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}dt{font-weight:600}dd{margin:0 0 .75rem}</style>
</head>
<body><main><h1>${escape(title)}</h1>
<dl>
${list}
</dl>
<p>${escape(t('service.since'))}</p></main></body>
</html>
`;
}

/** Names of columns are anybody's. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
