import fc from 'fast-check';
import { vi } from 'vitest';

/*
 * Property tests try the same cases in every run, so that a failure is caused by a change and not by chance.
 * `PROPERTY_SEED=7 npm run test:unit` tries other cases; PROPERTY_RUNS=10 tries ten times as many, in tests with a
 * `numRuns` of their own too. `npm run test:long` sets both.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_123) });

// A test's own `numRuns` has priority over a global one, so the number is multiplied where it is read.
vi.mock('fast-check', async (importOriginal) => {
  const original = await importOriginal<typeof import('fast-check')>();
  const factor = Number(process.env['PROPERTY_RUNS'] ?? 1);
  if (factor === 1) return original;
  const defaultRuns = 100;
  // the overloads of `assert` differ in what they return, which this passes on
  const assert = ((property: fc.IRawProperty<unknown>, parameters?: fc.Parameters<unknown>) =>
    original.assert(property, {
      ...parameters,
      numRuns: factor * (parameters?.numRuns ?? defaultRuns),
    })) as typeof fc.assert;
  return { ...original, assert, default: { ...original.default, assert } };
});
