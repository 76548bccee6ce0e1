import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { serveFolder } from '../../src/build/static-server';

/** Headers that give a page threads, which a plain static host does not send. */
export const isolating = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

export interface Front {
  url: string;
  /** All that was sent so far to page, workers and service worker, headers included. */
  bytesSent(): number;
  stop(): Promise<void>;
}

/** The app's static server, behind one that counts what passes and may add headers. */
export async function serveCounted(folder: string, headers: Record<string, string> = {}): Promise<Front> {
  const site = await serveFolder({ folder });
  const open = new Set<Socket>();
  let bytesOfClosed = 0;
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers: asked } = incoming;
    const onward = request(
      { host: '127.0.0.1', port: site.port, method, path: url, headers: asked },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers });
        answer.pipe(outgoing);
      },
    );
    // Whoever waits for the answer sees it cut short, as with any server that fails.
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
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
