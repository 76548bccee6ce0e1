import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { serveFolder } from '../../src/build/static-server';

/** Headers that isolate a page, so that it may use threads. A plain static host does not send them. */
export const isolating = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

export interface CountingServer {
  url: string;
  /** Bytes sent so far to page, workers and service worker, including headers. */
  bytesSent(): number;
  stop(): Promise<void>;
}

/** The app's static server behind a proxy that counts the bytes sent and may add headers. */
export async function serveCounted(
  folder: string,
  headers: Record<string, string> = {},
): Promise<CountingServer> {
  const site = await serveFolder({ folder });
  const open = new Set<Socket>();
  let bytesOfClosed = 0;
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers: requestHeaders } = incoming;
    const proxied = request(
      { host: '127.0.0.1', port: site.port, method, path: url, headers: requestHeaders },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers });
        answer.pipe(outgoing);
      },
    );
    // The client sees the response end early, as with any server that fails.
    proxied.on('error', () => outgoing.destroy());
    outgoing.on('close', () => proxied.destroy());
    incoming.pipe(proxied);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => {
      open.delete(socket);
      bytesOfClosed += socket.bytesWritten;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    bytesSent: () => [...open].reduce((sum, socket) => sum + socket.bytesWritten, bytesOfClosed),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await site.stop();
    },
  };
}
