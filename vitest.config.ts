import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // all of them: left to itself, a machine of two cores would use one
    maxWorkers: availableParallelism(),
    setupFiles: ['src/build/property-seed.ts'],
    // A guard against a hang, and no measure of speed: a busy machine takes ten times as long as a quiet one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
