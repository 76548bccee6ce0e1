import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // one for each core: by default a machine with two cores would use one
    maxWorkers: availableParallelism(),
    setupFiles: ['src/build/property-settings.ts'],
    // A guard against a hang, not a measure of speed: a busy machine takes ten times as long as an idle one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
