import { Box, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { tagRawLines } from './data.view.ts';
import classes from './raw-lines.module.css';

/** The file's first lines as they stand in it, numbered, with what each was taken for. */
export function RawLines({ dataset }: { readonly dataset: DatasetState }) {
  const { t, format } = useWords();
  return (
    <Box
      // A long line is scrolled to, by keyboard as well.
      tabIndex={0}
      role="group"
      aria-label={t('data.reading.raw')}
      className={classes['lines']}
    >
      {tagRawLines(dataset.summary).map(({ text, tag }, i) => (
        <div key={i} className={classes['line']} data-tag={tag}>
          <Text span className={classes['number']}>
            {format.plain(i + 1)}
          </Text>
          <Text span className={classes['tag']}>
            {tag === 'row' ? '' : t(`data.lineTag.${tag}`)}
          </Text>
          <span>{text.replaceAll('\t', '→\t')}</span>
        </div>
      ))}
    </Box>
  );
}
