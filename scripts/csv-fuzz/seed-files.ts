import { generateFleet } from '#data/fleet-sample.ts';
import { generateSyntheticOutages } from '#data/samples.ts';
import { encodeUtf16, encodeWindows1252 } from '#data/csv/encode-text.ts';
import { writeCsv } from '#data/csv/write-csv.ts';

export interface SeedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A dozen small files of the kinds planners have: the starting points of the mutations. */
export function createSeedFiles(): SeedFile[] {
  const simple = generateSyntheticOutages({ rows: 25, noise: 2, seed: 3 });
  const fleet = generateFleet({ units: 2, years: 3, seed: 3 });
  const french = writeCsv(fleet, 'excel-french');
  const withoutMark = french.slice(1);
  return [
    seed('simple, international', writeCsv(simple, 'international')),
    seed('simple, Excel français', writeCsv(simple, 'excel-french')),
    seed('fleet, Excel français', french),
    seed('fleet, international', writeCsv(fleet, 'international')),
    { name: 'fleet, windows-1252', bytes: encodeWindows1252(withoutMark) },
    { name: 'fleet, utf-16', bytes: encodeUtf16(french, true) },
    seed('pasted from Excel', withoutMark.replaceAll(';', '\t')),
    seed('old Mac line ends', withoutMark.replaceAll('\r\n', '\r')),
    seed('all cells quoted', quoteAll(withoutMark)),
    seed('EDF layout', edfLayout),
    seed('cells of several lines', severalLines),
    seed('hostile names', hostileNames),
    seed('units, blanks and totals', unitsAndTotals),
  ];
}

function seed(name: string, text: string): SeedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

function quoteAll(text: string): string {
  return text.replace(/[^;\r\n]+/g, (cell) => `"${cell}"`);
}

const edfLayout = [
  'Liste des indisponibilités des moyens de production',
  'Status;Identifiant;Numéro de version;Nom;Filière;Date de début;Date de fin;Type;Cause;Information complémentaire;Puissance maximale (MW);Puissance disponible (MW);Date de publication',
  ...Array.from({ length: 12 }, (_, i) => {
    const day = String(1 + i).padStart(2, '0');
    const version = 1 + (i % 3);
    const type = i % 4 === 0 ? 'Fortuite' : 'Planifiée';
    return `Terminée;17W-${Math.floor(i / 2)};${version};BELLEROCHE ${1 + (i % 2)};Nucléaire;${day}/02/2024 06:00;${day}/03/2024 18:30;${type};Maintenance;"Arrêt, ""visite"" ${i}";1310;0;${day}/01/2024 09:15`;
  }),
  '',
].join('\r\n');

const severalLines = [
  'id,commentaire,durée',
  '1,"première ligne\r\nseconde ligne",12.5',
  '2,"une ""citation"", une virgule",3',
  '3,"",7.25',
  '4,"  espaces  ",8',
  '5,"fin\n\n\nde page",9.75',
  '6,sans guillemets,10',
  '',
].join('\n');

const hostileNames = [
  '__proto__,constructor,,toString,durée,durée,=cmd',
  "1,a,x,'=1+1,2.5,3,é",
  '2,b,,@b,3.5,4,à',
  '3,__proto__,y,-c,4.5,5,ù',
  '',
].join('\n');

const unitsAndTotals = [
  'Arrêts 2024;;;',
  '',
  'Tranche;Durée;Puissance;Taux',
  ';j;MW;%',
  'A 1;12,5;1 310;12 %',
  '',
  'A 2;1 234,5;900;7,5 %',
  ';;;',
  'B 1;8;−15;100 %',
  'Total;1255;;',
  '',
].join('\r\n');
