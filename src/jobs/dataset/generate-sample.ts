import { writeCsv } from '#data/csv/write-csv.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import { generateSyntheticOutages } from '#data/samples.ts';
import type { GenerateSampleRequest, SampleRequest, TextFile } from './contract.ts';

/** A made-up file, to be read like any other: the sample goes the whole way that a planner's own file goes. */
export function generateSample({ sample, dialect }: GenerateSampleRequest): TextFile {
  return { name: nameOf(sample), text: writeCsv(generateTable(sample), dialect) };
}

function generateTable(sample: SampleRequest) {
  return sample.kind === 'simple' ? generateSyntheticOutages(sample) : generateFleet(sample);
}

function nameOf(sample: SampleRequest): string {
  return sample.kind === 'simple'
    ? `exemple-${sample.rows}-arrets.csv`
    : `exemple-parc-${sample.units}-tranches.csv`;
}
