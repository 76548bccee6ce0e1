// `npm start`: installs if necessary, builds, serves. Plain JavaScript: it runs before node_modules exists.
import { spawn, spawnSync } from 'node:child_process';
import { install, root } from './install.mjs';

install();

const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
  cwd: root,
  stdio: 'inherit',
  // Vite warns about a way to load its configuration that Node 20 does not support.
  env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
});
if (built.status !== 0) process.exit(built.status ?? 1);

const server = spawn(
  process.execPath,
  ['--import', 'tsx', 'src/build/commands/serve.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
// Ctrl-C reaches the server too, which shuts down by itself; this process exits with the server's code.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
