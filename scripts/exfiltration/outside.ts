import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Outside } from './ways.ts';

export interface Listener extends Outside {
  /** What came in, by protocol. */
  readonly heard: ReadonlySet<string>;
  readonly close: () => void;
}

const answer =
  'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-type: text/html\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok';

/** Listens to one port of this machine, TCP and UDP: a connection is enough, whatever is said. `name` is one that nobody has. */
export async function listenOutside(name: string): Promise<Listener> {
  const heard = new Set<string>();
  const server = createServer((socket) => {
    heard.add('TCP');
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const datagrams = createSocket('udp4', () => heard.add('UDP'));
  await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
  const host = `127.0.0.1:${port}`;
  return {
    url: `http://${host}/out`,
    host,
    name,
    heard,
    close: () => {
      server.close();
      datagrams.close();
    },
  };
}
