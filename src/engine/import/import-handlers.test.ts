import { describe, expect, it } from 'vitest';
import { importHandlers } from './import-handlers';
import type { ReadProgress } from '../protocol';

const signal = new AbortController().signal;

function bufferOf(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

async function read(text: string, more: { sha256?: string } = {}) {
  const progress: ReadProgress[] = [];
  const report = (step: ReadProgress) => progress.push(step);
  const input = { name: 'monday.jsonl', bytes: bufferOf(text), ...more };
  const { output } = await importHandlers.read(input, { signal, report });
  return { output, progress };
}

describe('reading a file in the import worker', () => {
  it('reports that it has begun, sends the papers in slices, and replies without them', async () => {
    const lines = Array.from({ length: 612 }, (_, index) => `{"title":"Paper ${index}"}`);
    const { output, progress } = await read(lines.join('\n'));
    const [begun, ...slices] = progress;
    expect(begun).toEqual({ kind: 'begun' });
    const papers = slices.flatMap((slice) => (slice.kind === 'papers' ? slice.papers : []));
    expect(papers.map(({ title }) => title)).toEqual(lines.map((_, index) => `Paper ${index}`));
    expect(slices.map((slice) => (slice.kind === 'papers' ? slice.done : null))).toEqual([250, 500, 612]);
    for (const slice of slices) expect(slice).toMatchObject({ kind: 'papers', total: 612 });
    expect(output).toMatchObject({ format: 'atlas-json', digestName: 'monday', problems: [] });
    expect(output).not.toHaveProperty('papers');
  });

  it('sends no slice of a file without papers', async () => {
    expect((await read('[]')).progress).toEqual([{ kind: 'begun' }]);
  });

  it('refuses a file whose hash is not the expected one', async () => {
    await expect(read('[]', { sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'asset-corrupt' });
    const { output } = await read('[]');
    expect((await read('[]', { sha256: output.sha256 })).output.sha256).toBe(output.sha256);
  });
});
