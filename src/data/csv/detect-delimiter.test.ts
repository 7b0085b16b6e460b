import { describe, expect, it } from 'vitest';
import { detectDelimiter } from './detect-delimiter.ts';

describe('detectDelimiter', () => {
  it('does not ask about the commas of French decimals, as regular as the true delimiter but absent from the header', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `préventive;${i};0,${i + 10};1${i},5`);
    const { delimiter, evidence } = detectDelimiter(['Type;Effectif;Part;Durée', ...rows].join('\n'), true);
    expect(delimiter).toBe(';');
    expect(evidence.isAmbiguous).toBe(false);
  });

  it('sees the delimiter that also ends each line, and leaves no other in the cells', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `T${i};Pompe;${i};240;${i + 8},67;`);
    const found = detectDelimiter(['Tranche;Motif;Effectif;Puissance;Durée', ...rows].join('\n'), true);
    expect([found.delimiter, found.evidence.isAmbiguous]).toEqual([';', false]);
  });

  it('asks where two marks divide every line, the header too', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `a${i},b;c${i},d`);
    expect(detectDelimiter(['x,y;z,t', ...rows].join('\n'), true).evidence.isAmbiguous).toBe(true);
  });
});
