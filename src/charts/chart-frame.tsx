import { ActionIcon, Box, Group, Menu, Paper, Text, Title } from '@mantine/core';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useWords } from '#language/use-words.ts';
import { downloadBlob, downloadText } from '#ui/download-file.ts';
import { Icon } from '#ui/icon.tsx';
import { useElementWidth } from '#ui/use-element-width.ts';
import { VirtualTable } from '#ui/virtual-table.tsx';
import { drawingToPng, drawingToSvg } from './save-drawing.ts';

/** The points exactly as drawn: numbers, or labels. */
export interface ChartTable {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly (number | string)[])[];
}

export interface ChartFrameProps {
  readonly title: string;
  readonly subtitle: string;
  /** One sentence: how to read it. */
  readonly caption: string;
  /** Name of a downloaded file, without its ending. */
  readonly fileName: string;
  readonly table: ChartTable;
  /** The points as the text of a CSV file. */
  readonly toCsv: (table: ChartTable) => string;
  /** A control of the chart itself, beside the menu. */
  readonly aside?: ReactNode;
  /** Draws at the width there is, in CSS pixels. */
  readonly children: (width: number) => ReactNode;
}

/** What every chart has: title, n, one sentence to read it by, and the ⋯ menu: PNG, SVG, CSV, table. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, subtitle, caption, fileName, table, toCsv, aside, children } = props;
  const { t, format } = useWords();
  const titleId = useId();
  const [asTable, setAsTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const [measure, width] = useElementWidth();
  const texts = { title, subtitle, caption };
  const findSvg = () => drawing.current?.querySelector('svg') ?? null;

  const saveSvg = () => {
    const svg = findSvg();
    if (svg) downloadText(`${fileName}.svg`, drawingToSvg(svg, texts).svg, 'image/svg+xml');
  };
  const savePng = async () => {
    const svg = findSvg();
    if (svg) downloadBlob(`${fileName}.png`, await drawingToPng(svg, texts));
  };

  return (
    <Paper
      component="figure"
      withBorder
      radius="md"
      p="md"
      m={0}
      aria-labelledby={titleId}
      style={{ minWidth: 0 }}
    >
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Box miw={0}>
          <Title order={3} size="h5" id={titleId}>
            {title}
          </Title>
          <Text size="xs" c="dimmed">
            {subtitle}
          </Text>
        </Box>
        <Group gap="xs" wrap="nowrap" className="no-print">
          <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <ActionIcon variant="default" size={28} aria-label={t('charts.menu', { title })}>
                <Icon name="more" size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={asTable} onClick={() => void savePng()}>
                {t('charts.png')}
              </Menu.Item>
              <Menu.Item disabled={asTable} onClick={saveSvg}>
                {t('charts.svg')}
              </Menu.Item>
              <Menu.Item onClick={() => downloadText(`${fileName}.csv`, toCsv(table), 'text/csv')}>
                {t('charts.csv')}
              </Menu.Item>
              <Menu.Item onClick={() => setAsTable(!asTable)}>
                {t(asTable ? 'charts.chart' : 'charts.table')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {aside !== undefined && aside !== null && (
        <Group justify="flex-end" mt={4} className="no-print">
          {aside}
        </Group>
      )}
      <Box ref={measure} mt="xs">
        {width > 0 &&
          (asTable ? (
            <VirtualTable
              label={title}
              nRows={table.rows.length}
              height={360}
              columns={table.headers.map((header, index) => ({
                id: `${index}`,
                header,
                width: Math.max(120, Math.floor((width - 2) / table.headers.length)),
                align: typeof table.rows[0]?.[index] === 'number' ? 'right' : 'left',
              }))}
              renderCell={(row, column) => {
                const cell = table.rows[row]?.[column] ?? '';
                return typeof cell === 'number' ? format.number(cell, 3) : cell;
              }}
            />
          ) : (
            <div ref={drawing} className="chart-drawing">
              {children(width)}
            </div>
          ))}
      </Box>
      <Text component="figcaption" size="sm" c="dimmed" mt={6}>
        {caption}
      </Text>
    </Paper>
  );
}
