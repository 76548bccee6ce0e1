// Plain JavaScript without dependencies: this runs before there is a node_modules.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

const oldestNode = [20, 19];

/** Installs the locked packages when they are missing or differ from the lockfile. Exits when that fails. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    stop(`Digest Atlas needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
  }
  if (isInstalled()) return;
  console.log('Installing the packages that package-lock.json names…');
  // A shell finds npm.cmd on Windows. Install scripts stay off: nothing here needs them.
  const { status } = spawnSync('npm ci --ignore-scripts --no-audit --no-fund', {
    cwd: root,
    stdio: 'inherit',
    shell: true,
  });
  if (status !== 0) stop('The packages could not be installed; npm says why above.');
}

/** npm writes a lockfile of the packages it actually installed into node_modules. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([folder, entry]) =>
      folder === '' ||
      // An optional package for another system or processor may be missing.
      (entry.optional && !present[folder]) ||
      (present[folder]?.version === entry.version && present[folder]?.integrity === entry.integrity),
  );
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(path.join(root, lockfile), 'utf8')).packages;
  } catch {
    // Missing or unreadable: install again.
    return null;
  }
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
