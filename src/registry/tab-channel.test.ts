import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTabChannel, type TabChannel } from './tab-channel.ts';
import { createFakeLocalStorage } from './testing/fake-stores.ts';

const open: TabChannel[] = [];
const channelOf = (...asked: Parameters<typeof openTabChannel>) => {
  const channel = openTabChannel(...asked);
  open.push(channel);
  return channel;
};
afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

/** A browser without channels: a small text that changes is an event for all other tabs. */
function stubStorageEvents(): void {
  const storage = createFakeLocalStorage();
  const listeners = new Set<(event: unknown) => void>();
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => listeners.add(listener));
  vi.stubGlobal('removeEventListener', (_: string, listener: () => void) => listeners.delete(listener));
  vi.stubGlobal('localStorage', {
    setItem: (key: string, newValue: string) => {
      if (storage.getItem(key) === newValue) return;
      storage.setItem(key, newValue);
      for (const listener of listeners) listener({ key, newValue });
    },
  });
}

describe.each([
  ['a broadcast channel', () => {}],
  ['storage events', stubStorageEvents],
])('tabs, by %s', (_name, arrange) => {
  it('hear what others changed, twice where it changed twice, and who is there', async () => {
    arrange();
    const heard: (readonly string[])[] = [];
    const one = channelOf('asking', (ids) => heard.push(ids));
    const two = channelOf('answering');
    two.tellChanged(['models/m']);
    two.tellChanged(['models/m']);
    await vi.waitFor(() => expect(heard).toEqual([['models/m'], ['models/m']]));
    // Other tests may have left tabs open.
    expect([...(await one.callRoll())]).toContain('answering');
    two.close();
    expect([...(await one.callRoll())]).not.toContain('answering');
  });
});

it('break nothing where nothing is shared', () => {
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('localStorage', undefined);
  channelOf('asking').tellChanged(['models/m']);
  expect(open).toHaveLength(1);
});
