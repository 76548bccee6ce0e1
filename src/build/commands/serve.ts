/** `node --import tsx src/build/commands/serve.ts [--base /sub/path/]`: serves dist on PORT, or on 4173, until Ctrl-C. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serveFolder } from '../static-server';

const defaultPort = 4173;
const folder = path.resolve('dist');

if (!existsSync(path.join(folder, 'index.html'))) {
  console.error('There is no dist/index.html yet: run "npm run build" first.');
  process.exit(1);
}
const { values } = parseArgs({ options: { base: { type: 'string', default: '/' } } });
const requestedPort = process.env['PORT'];
const site = { folder, base: values.base, host: 'localhost' };

// A requested port that is taken is an error; in place of the default port any free one is used.
const running = requestedPort
  ? await serveFolder({ ...site, port: Number(requestedPort) })
  : await serveFolder({ ...site, port: defaultPort }).catch(() => serveFolder(site));

console.log(`Digest Atlas is at ${running.url} (Ctrl-C ends it)`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void running.stop().then(() => process.exit(0)));
}
