/**
 * `npm test`: every check that the project must pass, the fastest first. All of them run, so that one run shows every
 * failure; the browser tests come last because they need a build. Writes test-results/summary.json.
 */
import { TestRun, unitTests, type TestStep } from '../test-steps';

const tsc = 'typescript/bin/tsc';
const steps: TestStep[] = [
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
];

const run = new TestRun();
await run.runTogether(steps);
run.run(unitTests());
run.runBrowserTests('chromium', 'webgpu');
process.exit(run.finish());
