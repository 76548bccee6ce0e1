/**
 * Every check that the project must pass, in the order of how soon each says what is wrong. All of them run, so that
 * one run tells everything; only what needs a build waits for it. Writes test-results/summary.json.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { findChromium, howToGetChromium } from '../chromium';
import { agreed, tallyBrowser, tallyUnit } from '../reports';
import type { BrowserReport, Tally, UnitReport } from '../reports';

interface Check {
  name: string;
  /** A package's own entry file, run by this Node: no shell, no lookup, no download. */
  program: string;
  args: string[];
  /** Where the step writes a report, and how to count it. A step without one counts as a single test. */
  report?: { file: string; tally: (json: string) => Tally };
}

const results = 'test-results';
const unitReport = `${results}/unit.json`;
const browserReport = `${results}/e2e.json`;

const tsc = 'typescript/bin/tsc';
const steps: Check[] = [
  { name: 'lint', program: 'eslint/bin/eslint.js', args: ['.'] },
  { name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'types of core', program: tsc, args: ['-p', 'src/core'] },
  { name: 'types of engine', program: tsc, args: ['-p', 'src/engine'] },
  { name: 'types of build and tests', program: tsc, args: ['-p', 'src/build'] },
  {
    name: 'types of page',
    program: 'svelte-check/bin/svelte-check',
    args: ['--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  {
    name: 'unit tests',
    program: 'vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    report: { file: unitReport, tally: (json) => tallyUnit(JSON.parse(json) as UnitReport) },
  },
];
const build: Check = { name: 'build', program: 'vite/bin/vite.js', args: ['build', '--logLevel', 'warn'] };
const browser: Check = {
  name: 'browser tests',
  program: '@playwright/test/cli.js',
  args: ['test'],
  report: { file: browserReport, tally: (json) => tallyBrowser(JSON.parse(json) as BrowserReport) },
};

function run({ name, program, args, report }: Check): Tally {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(process.execPath, [`node_modules/${program}`, ...args], {
    stdio: 'inherit',
    // Vite warns of a way to load its configuration that Node 20 does not have.
    env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
  });
  const code = status ?? 1;
  if (!report) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return agreed(read(report.file, report.tally), code);
}

function read(file: string, tally: (json: string) => Tally): Tally | null {
  try {
    return tally(readFileSync(file, 'utf8'));
  } catch {
    // The step ended before it could report: `agreed` counts that.
    return null;
  }
}

/** Finds a Chromium; on a Debian that we may change, as in CI, installs one first. */
function haveChromium(): boolean {
  const isOurs = process.platform === 'linux' && process.getuid?.() === 0;
  if (!findChromium() && isOurs) {
    console.log('\n— installing Chromium');
    spawnSync('sh', ['-c', 'apt-get update -q && apt-get install -qy --no-install-recommends chromium'], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return findChromium() !== null;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const tallies = new Map<string, Tally>();
for (const step of steps) tallies.set(step.name, run(step));
tallies.set(build.name, run(build));
if (tallies.get(build.name)?.failed) {
  console.error('\nThe browser tests need a build, and there is none.');
  tallies.set(browser.name, { passed: 0, failed: 1 });
} else if (!haveChromium()) {
  console.error(`\n${howToGetChromium}`);
  tallies.set(browser.name, { passed: 0, failed: 1 });
} else {
  tallies.set(browser.name, run(browser));
}

const total = { passed: 0, failed: 0 };
console.log('');
for (const [name, { passed, failed }] of tallies) {
  console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed`);
  total.passed += passed;
  total.failed += failed;
}
writeFileSync(`${results}/summary.json`, JSON.stringify(total));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
