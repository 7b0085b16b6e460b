import { describe, expect, it } from 'vitest';
import { plantedModel, plantAnnouncement, day } from '#monitoring/testing/planted-ledger.ts';
import { planAnnouncing, foldLedger } from '#monitoring/ledger.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const { events } = planAnnouncing(foldLedger([]), plantedModel, [
  plantAnnouncement('A', day(0), 'x1'),
  plantAnnouncement('B', day(3), 'x2'),
]);
const ends = 'Id;Tranche;Début;Durée (jours)\nx1;A;2020-01-06;21,5\nx2;B;2020-01-09;\nx3;C;2020-03-01;4\n';

describe('the follow-up', () => {
  it('keeps what is announced, adds ends from a file, and finds both at the next visit', async () => {
    const services = createInPlaceServices();
    const { registry } = services;
    await registry.appendLedger(0, events);
    const store = createAppStore(services);
    await store.getState().restore();
    await store.getState().addOutcomes(new File([ends], 'fins.csv'));
    expect(store.getState().problem).toBeNull();
    expect(store.getState().storage.kind).toBe('kept');
    const { counts, joins } = store.getState().followUp?.monitoring ?? {};
    expect(counts).toMatchObject({ announced: 2, ended: 1, running: 1 });
    expect(joins?.unannounced).toHaveLength(1);
    expect(await registry.loadLedger()).toHaveLength(4);
    const { text } = await store.getState().exportLedger();
    expect(text).toContain('"kind":"observed"');
  });

  it('says what a file of no outages lacks, and changes nothing', async () => {
    const services = createInPlaceServices();
    const { registry } = services;
    await registry.appendLedger(0, events);
    const store = createAppStore(services);
    await store.getState().restore();
    await store.getState().addOutcomes(new File(['a;b\n1;2\n3;4\n'], 'rien.csv'));
    expect(store.getState().problem?.code).toBe('outcomes-no-key');
    expect(await registry.loadLedger()).toHaveLength(3);
  });
});
