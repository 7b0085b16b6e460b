import { connect, type Socket } from 'node:net';

/** One request as bytes, sent over and over. */
export interface Load {
  readonly port: number;
  readonly request: Buffer;
}

export function writeRequest(path: string, body: string, type = 'application/json'): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

/** What came back; status 0: the connection broke off. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

export interface Connection {
  /** Sends one request and resolves once the whole answer is there. */
  readonly ask: () => Promise<Answered>;
  readonly end: () => void;
}

/** A connection that is kept, and opened again where the server closes it: cheap, so that the client is not what is measured. */
export async function openConnection({ port, request }: Load): Promise<Connection> {
  let socket: Socket | null = null;
  let settle: ((answered: Answered) => void) | null = null;
  let received = '';
  const open = () =>
    new Promise<Socket>((resolve, reject) => {
      const made = connect(port, '127.0.0.1', () => resolve(made));
      made.setNoDelay(true);
      made.on('error', reject);
      made.on('data', (piece: Buffer) => {
        received += piece.toString('latin1');
        const head = received.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/iu.exec(received)?.[1] ?? 0);
        if (received.length < head + 4 + length) return;
        const status = Number(received.slice(9, 12));
        const body = received.slice(head + 4);
        if (/connection: close/iu.test(received.slice(0, head))) {
          socket = null;
          made.destroy();
        }
        received = '';
        settle?.({ status, body });
      });
      made.on('close', () => {
        if (socket === made) socket = null;
        settle?.({ status: 0, body: '' });
      });
    });
  socket = await open();
  return {
    ask: async () => {
      socket ??= await open();
      const answered = new Promise<Answered>((resolve) => (settle = resolve));
      socket.write(request);
      const got = await answered;
      settle = null;
      return got;
    },
    end: () => socket?.destroy(),
  };
}

export interface Closed {
  readonly nAnswered: number;
  readonly nFailed: number;
  readonly seconds: number;
}

/** As many requests as are answered, so many at once. */
export async function runClosed(load: Load, nConnections: number, seconds: number): Promise<Closed> {
  const started = performance.now();
  const until = started + seconds * 1000;
  let [nAnswered, nFailed] = [0, 0];
  await Promise.all(
    Array.from({ length: nConnections }, async () => {
      const connection = await openConnection(load);
      while (performance.now() < until) {
        if ((await connection.ask()).status === 200) nAnswered++;
        else nFailed++;
      }
      connection.end();
    }),
  );
  return { nAnswered, nFailed, seconds: (performance.now() - started) / 1000 };
}

/** Nobody waits longer, in milliseconds. */
const PATIENCE = 20_000;

/**
 * Requests at their times, whether or not earlier ones were answered: each waits from the time it was due (Tene's coordinated
 * omission). Milliseconds, ascending.
 */
export async function runOpen(load: Load, perSecond: number, seconds: number): Promise<Float64Array> {
  const idle = await Promise.all(Array.from({ length: 64 }, () => openConnection(load)));
  const all = [...idle];
  const waits: number[] = [];
  const total = perSecond * seconds;
  const started = performance.now();
  let nSent = 0;
  const waiting: number[] = [];
  const send = (due: number) => {
    const connection = idle.pop();
    if (!connection) {
      waiting.push(due);
      return;
    }
    void connection.ask().then(() => {
      waits.push(performance.now() - due);
      idle.push(connection);
      const next = waiting.shift();
      if (next !== undefined) send(next);
    });
  };
  while (nSent < total) {
    const due = started + (nSent * 1000) / perSecond;
    if (performance.now() < due) {
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    send(due);
    nSent++;
  }
  const last = performance.now() + PATIENCE;
  while (waits.length < total && performance.now() < last)
    await new Promise((resolve) => setTimeout(resolve, 5));
  // What was not answered waited at least as long.
  while (waits.length < total) waits.push(PATIENCE);
  for (const connection of all) connection.end();
  return Float64Array.from(waits).sort();
}
