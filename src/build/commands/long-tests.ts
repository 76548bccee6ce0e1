/**
 * `npm run test:long`: the tests that are too slow for `npm test`.
 * - Unit tests: every property is tried on ten times as many cases as in `npm test`.
 * - Browser tests: the specs tagged `@long`, which `npm test` leaves out.
 *
 * The cases come from a fresh seed, which is printed at the start and after a failure. To repeat a run, or to choose the
 * factor: `PROPERTY_SEED=7 PROPERTY_RUNS=10 npm run test:long`. Both variables reach every test; see property-settings.ts.
 * A slow test runs a seeded part in `npm test` by multiplying its number of cases with PROPERTY_RUNS, or as a whole only
 * here, under the tag `@long`. Exits with 1 when a test has failed.
 */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TestRun, unitTests } from '../test-steps';

const defaultFactor = '10';
/** A guard against a hang: ten times the cases on a busy machine take minutes. */
const timeoutMs = 3_600_000;

const seed = process.env['PROPERTY_SEED'] ?? String(randomInt(2 ** 31));
const factor = process.env['PROPERTY_RUNS'] ?? defaultFactor;
for (const [name, value] of Object.entries({ PROPERTY_SEED: seed, PROPERTY_RUNS: factor })) {
  if (!/^[1-9]\d*$/.test(value)) throw new Error(`${name}: expected a whole number above 0, got "${value}"`);
  process.env[name] = value;
}
const repeat = `PROPERTY_SEED=${seed} PROPERTY_RUNS=${factor} npm run test:long`;
console.log(`Seed ${seed}, ${factor} × the cases of npm test. To repeat: ${repeat}`);

const run = new TestRun();
run.run(unitTests(`--testTimeout=${timeoutMs}`, `--hookTimeout=${timeoutMs}`));
if (hasLongSpecs()) run.runBrowserTests('long');
else console.log('\nNo spec in e2e is tagged @long.');
const status = run.finish();
if (status !== 0) console.error(`To repeat: ${repeat}`);
process.exit(status);

function hasLongSpecs(): boolean {
  const specs = readdirSync('e2e', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.spec.ts'),
  );
  return specs.some((file) => readFileSync(path.join('e2e', file), 'utf8').includes('@long'));
}
