// `npm test` and `npm run test:long`: installs if necessary, then runs the checks or the long tests. Plain JavaScript:
// it runs before node_modules exists.
import { spawnSync } from 'node:child_process';
import { install, root } from './install.mjs';

install();
const command = process.argv[2] === '--long' ? 'long-tests.ts' : 'checks.ts';
const { status } = spawnSync(process.execPath, ['--import', 'tsx', `src/build/commands/${command}`], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
