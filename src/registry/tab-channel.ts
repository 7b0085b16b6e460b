import { createRandomId } from './random-id.ts';

/** What tabs say to one another: which records a save changed, or who is there. */
type TabMessage =
  | { readonly type: 'changed'; readonly ids: readonly string[] }
  | { readonly type: 'roll-call' }
  | { readonly type: 'here'; readonly tab: string };

/** Between the tabs of one browser; a tab does not hear itself. */
export interface TabChannel {
  /** These records, as `store/key`, are no longer as they were. */
  readonly tellChanged: (ids: readonly string[]) => void;
  /** The other tabs that are open: those that answer in time. */
  readonly callRoll: () => Promise<ReadonlySet<string>>;
  readonly close: () => void;
}

const NAME = 'tranche.tabs';

/** An open tab answers at once, but for one whose page is busy. */
const ROLL_CALL_MS = 500;

/** `onChanged` hears what other tabs changed. Where neither way of telling works, nothing is told and nothing breaks. */
export function openTabChannel(
  tab: string,
  onChanged: (ids: readonly string[]) => void = () => {},
): TabChannel {
  const present = new Set<string>();
  const wire = openWire((message) => {
    if (message.type === 'changed') onChanged(message.ids);
    else if (message.type === 'roll-call') wire.post({ type: 'here', tab });
    else present.add(message.tab);
  });
  return {
    tellChanged: (ids) => wire.post({ type: 'changed', ids }),
    callRoll: async () => {
      present.clear();
      wire.post({ type: 'roll-call' });
      await new Promise((resolve) => {
        setTimeout(resolve, ROLL_CALL_MS);
      });
      return new Set([...present].filter((other) => other !== tab));
    },
    close: wire.close,
  };
}

interface Wire {
  readonly post: (message: TabMessage) => void;
  readonly close: () => void;
}

function openWire(receive: (message: TabMessage) => void): Wire {
  try {
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => receive(data);
    return { post: (message) => channel.postMessage(message), close: () => channel.close() };
  } catch {
    return openStorageWire(receive);
  }
}

/** A change of a small text is an event in all other tabs. */
function openStorageWire(receive: (message: TabMessage) => void): Wire {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === NAME && newValue !== null) receive((JSON.parse(newValue) as { message: TabMessage }).message);
  };
  globalThis.addEventListener?.('storage', onStorage);
  return {
    post: (message) => {
      try {
        // The same text twice would be no change.
        localStorage.setItem(NAME, JSON.stringify({ message, id: createRandomId() }));
      } catch {
        // Site data are blocked: there is nothing that tabs share.
      }
    },
    close: () => globalThis.removeEventListener?.('storage', onStorage),
  };
}
