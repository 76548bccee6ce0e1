// `npm test`: installs if need be, then runs every check. Plain JavaScript: it runs before there is a node_modules.
import { spawnSync } from 'node:child_process';
import { install, root } from './install.mjs';

install();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'src/build/commands/checks.ts'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
