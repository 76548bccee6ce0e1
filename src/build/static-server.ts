import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export interface StaticSite {
  /** Folder that is served. */
  folder: string;
  /** Path under which the folder appears: '/' or '/some/path/'. */
  base?: string;
  /** 0, or left out: any free port. */
  port?: number;
  host?: string;
  /** Called for every path below `base`. Its result is sent in place of the file; undefined sends the file. */
  instead?: (file: string) => Substitute | undefined;
}

export interface Substitute {
  /** 0: the request is never answered. */
  status: number;
  type: string;
  body: string | Uint8Array;
}

export interface RunningSite {
  /** Address of the base, with its slash at the end. */
  url: string;
  port: number;
  /** Refuses new connections and closes the open ones, as if the machine were switched off. */
  stop(): Promise<void>;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.onnx': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const compressible = /^text\/|json|svg|javascript/;

/** Does no more than any static host: files with their types, gzip for text, 404 for everything else. */
export async function serveFolder(site: StaticSite): Promise<RunningSite> {
  const base = site.base ?? '/';
  if (!base.startsWith('/') || !base.endsWith('/')) {
    throw new Error(`expected a base that begins and ends with a slash, got ${base}`);
  }
  const server = createServer((request, response) => {
    answer(site, base, request, response).catch((cause: unknown) => {
      // A client that has disconnected needs no answer; a file that cannot be read ends the answer early.
      response.destroy(cause instanceof Error ? cause : undefined);
    });
  });
  const host = site.host ?? '127.0.0.1';
  const port = await listening(server, site.port ?? 0, host);
  return {
    url: `http://${host}:${port}${base}`,
    port,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('expected a TCP address'));
      else resolve(address.port);
    });
  });
}

async function answer(site: StaticSite, base: string, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Method not allowed');
  const pathname = decoded(request.url ?? '/');
  if (!pathname?.startsWith(base)) return refuse(response, 404, 'Not found');
  const below = pathname.slice(base.length);
  const file = below === '' || below.endsWith('/') ? `${below}index.html` : below;

  const substitute = site.instead?.(file);
  if (substitute?.status === 0) return;
  if (substitute) {
    response.writeHead(substitute.status, { 'content-type': substitute.type }).end(substitute.body);
    return;
  }
  const absolute = path.join(site.folder, file);
  const served = absolute.startsWith(path.resolve(site.folder) + path.sep) ? await fileAt(absolute) : null;
  if (!served) return refuse(response, 404, 'Not found');

  const type = types[path.extname(file)] ?? 'application/octet-stream';
  const zips =
    compressible.test(type) && /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
  response.writeHead(200, {
    'content-type': type,
    // File names in assets/ contain a hash of the content; everything else is revalidated.
    'cache-control': file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(zips ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : { 'content-length': served.size }),
  });
  if (request.method === 'HEAD') response.end();
  else if (zips) await pipeline(createReadStream(absolute), createGzip(), response);
  else await pipeline(createReadStream(absolute), response);
}

function decoded(url: string): string | null {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
  } catch {
    // Not a valid URI: no such file.
    return null;
  }
}

async function fileAt(absolute: string): Promise<{ size: number } | null> {
  const entry = await stat(absolute).catch(() => null);
  return entry?.isFile() ? entry : null;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(message);
}
