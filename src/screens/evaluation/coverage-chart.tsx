import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { squareHeight } from '#charts/scatter-plot.tsx';
import type { CoverageReport } from '#evaluation/intervals/coverage.ts';
import { useWords } from '#language/use-words.ts';
import { chartToCsv } from '../chart-csv.ts';

const levels = ['p10', 'p50', 'p80', 'p90'] as const;
const MAX_SIDE = 460;

/** Promised against kept levels, out of fold, with the band that chance explains. */
export function CoverageChart({ report }: { readonly report: CoverageReport }) {
  const { t, format, language, pair } = useWords();
  const rows = levels.map((level) => report.overall.levels[level]);
  const claimed = rows.filter(({ n }) => n > 0);
  const isWithin = claimed.every((row) => row.isWithin);
  const title = t('evaluation.coverage.title');
  const labels = { nominal: t('evaluation.coverage.nominal'), empirical: t('evaluation.coverage.empirical') };
  const axis = { domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], write: format.percent } as const;
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.coverage.subtitle', { n: format.number(report.overall.n) })}
      caption={t(isWithin ? 'evaluation.coverage.kept' : 'evaluation.coverage.broken')}
      fileName="tranche-couverture"
      table={{
        headers: [
          t('evaluation.coverage.level'),
          labels.nominal,
          labels.empirical,
          t('evaluation.coverage.low'),
          t('evaluation.coverage.high'),
          'n',
        ],
        rows: rows.map(({ level, nominal, empirical, band: [low, high], n }) => [
          level.toUpperCase(),
          nominal,
          empirical,
          low,
          high,
          n,
        ]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => {
        const side = Math.min(width, MAX_SIDE);
        return (
          <CurvePlot
            label={title}
            curves={[
              {
                label: labels.empirical,
                kind: 'dots',
                points: claimed.map(({ nominal, empirical }) => ({ x: nominal, y: empirical })),
              },
              {
                label: t('evaluation.coverage.diagonal'),
                kind: 'dashes',
                points: [
                  { x: 0, y: 0 },
                  { x: 1, y: 1 },
                ],
              },
            ]}
            band={{
              label: t('evaluation.coverage.band'),
              points: claimed.map(({ nominal, band: [low, high] }) => ({ x: nominal, low, high })),
            }}
            x={{ ...axis, label: labels.nominal }}
            y={{ ...axis, label: labels.empirical }}
            width={side}
            height={squareHeight(side, 1)}
            describe={(_, { x, y }) => [
              pair(labels.nominal, format.percent(x)),
              pair(labels.empirical, format.percent(y, 1)),
            ]}
          />
        );
      }}
    </ChartFrame>
  );
}
