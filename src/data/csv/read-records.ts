import type { Delimiter } from './dialect.ts';
import { createRecordSplitter, type RecordBlock } from './records.ts';
import { tokenize } from './tokenize.ts';

export interface CutRecords {
  readonly records: readonly (readonly string[])[];
  /** `line reason` of each. */
  readonly rejects: readonly string[];
  /** 1-based physical line on which each record begins. */
  readonly lines: readonly number[];
  /** Characters that no record got; 0. */
  readonly nPending: number;
}

/** Text in pieces through splitter and tokenizer: for the tests. */
export function readRecords(pieces: readonly string[], delimiter: Delimiter = ','): CutRecords {
  const splitter = createRecordSplitter(delimiter);
  const blocks = [...pieces.map((piece) => splitter.push(piece)), splitter.end()].filter(
    (block): block is RecordBlock => block !== null,
  );
  return {
    records: blocks.flatMap((block) => tokenize(block, delimiter)),
    rejects: blocks.flatMap((block) => block.rejects.map(({ line, reason }) => `${line} ${reason}`)),
    lines: blocks.flatMap(({ nRecords, lines, firstLine }) =>
      Array.from({ length: nRecords }, (_, i) => lines?.[i] ?? firstLine + i),
    ),
    nPending: splitter.nPending,
  };
}
