import fc from 'fast-check';

/**
 * Properties try the same cases in each run, so that a red test means a change and not bad luck. Other cases:
 * `PROPERTY_SEED=7 npm run test:unit`.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_123) });
