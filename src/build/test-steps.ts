import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { findChromium, howToGetChromium } from './chromium';
import { reconcile, tallyBrowser, tallyUnit } from './reports';
import type { BrowserReport, Tally, UnitReport } from './reports';

/*
 * The steps that `npm test` and `npm run test:long` consist of: each runs a program and counts what passed and failed.
 */

export interface TestStep {
  name: string;
  /** A package's own entry file, run by this Node: no shell, no lookup, no download. */
  program: string;
  args: string[];
  /** The report that the step writes, and how to count it. A step without one counts as a single test. */
  report?: { file: string; tally: (json: string) => Tally };
}

const results = 'test-results';
const unitReport = `${results}/unit.json`;
const browserReport = `${results}/e2e.json`;

const build: TestStep = { name: 'build', program: 'vite/bin/vite.js', args: ['build', '--logLevel', 'warn'] };

/** The unit tests, with more arguments for vitest. */
export function unitTests(...args: string[]): TestStep {
  return {
    name: 'unit tests',
    program: 'vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`, ...args],
    report: { file: unitReport, tally: (json) => tallyUnit(JSON.parse(json) as UnitReport) },
  };
}

/** Runs steps and adds up their results; `finish` prints the sums and writes them to test-results/summary.json. */
export class TestRun {
  readonly #tallies = new Map<string, Tally>();

  constructor() {
    rmSync(results, { recursive: true, force: true });
    mkdirSync(results, { recursive: true });
  }

  run(step: TestStep): void {
    this.#tallies.set(step.name, runStep(step));
  }

  /** Runs steps that use one core each, as many at a time as there are cores; each prints its output when it is done. */
  async runTogether(steps: readonly TestStep[]): Promise<void> {
    const waiting = steps[Symbol.iterator]();
    const runner = async () => {
      for (const step of waiting) this.#tallies.set(step.name, await runQuietly(step));
    };
    for (const { name } of steps) this.#tallies.set(name, { passed: 0, failed: 1 });
    await Promise.all(Array.from({ length: availableParallelism() }, runner));
  }

  /** Builds the app, then runs these projects of playwright.config.ts on the build. */
  runBrowserTests(...projects: string[]): void {
    const browser: TestStep = {
      name: 'browser tests',
      program: '@playwright/test/cli.js',
      args: ['test', ...projects.map((project) => `--project=${project}`)],
      report: { file: browserReport, tally: (json) => tallyBrowser(JSON.parse(json) as BrowserReport) },
    };
    this.run(build);
    if (this.#tallies.get(build.name)?.failed) this.#fail(browser, 'The browser tests need a build.');
    else if (!hasChromium()) this.#fail(browser, howToGetChromium);
    else this.run(browser);
  }

  /** Returns the exit status. */
  finish(): number {
    const total = { passed: 0, failed: 0 };
    console.log('');
    for (const [name, { passed, failed }] of this.#tallies) {
      console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed`);
      total.passed += passed;
      total.failed += failed;
    }
    writeFileSync(`${results}/summary.json`, JSON.stringify(total));
    console.log(`${total.passed} passed, ${total.failed} failed`);
    return total.failed === 0 ? 0 : 1;
  }

  #fail({ name }: TestStep, reason: string): void {
    console.error(`\n${reason}`);
    this.#tallies.set(name, { passed: 0, failed: 1 });
  }
}

// Vite warns about a way to load its configuration that Node 20 does not support.
const env = { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };

function runStep(step: TestStep): Tally {
  console.log(`\n— ${step.name}`);
  const { status } = spawnSync(process.execPath, commandOf(step), { stdio: 'inherit', env });
  return tallyStep(step, status ?? 1);
}

/** Prints what the step wrote once it has ended. */
async function runQuietly(step: TestStep): Promise<Tally> {
  const child = spawn(process.execPath, commandOf(step), { stdio: ['ignore', 'pipe', 'pipe'], env });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => output.push(chunk));
  }
  const status = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
  console.log(`\n— ${step.name}`);
  process.stdout.write(Buffer.concat(output));
  return tallyStep(step, status);
}

function commandOf({ program, args }: TestStep): string[] {
  return [`node_modules/${program}`, ...args];
}

function tallyStep({ report }: TestStep, status: number): Tally {
  if (!report) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return reconcile(readTally(report.file, report.tally), status);
}

function readTally(file: string, tally: (json: string) => Tally): Tally | null {
  try {
    return tally(readFileSync(file, 'utf8'));
  } catch {
    // The step ended before it wrote a report: `reconcile` counts that.
    return null;
  }
}

/** Whether there is a Chromium. As root on Linux, as in CI, installs one first when there is none. */
function hasChromium(): boolean {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0;
  if (!findChromium() && mayInstall) {
    console.log('\n— installing Chromium');
    spawnSync('sh', ['-c', 'apt-get update -q && apt-get install -qy --no-install-recommends chromium'], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return findChromium() !== null;
}
