import { describe, expect, it } from 'vitest';
import type { ExportedPaper } from '../../core/export/export';
import { FakeWorker } from '../fixtures/fake-worker';
import type { ExportCalls } from '../protocol';
import { createExportHandlers } from './export-handlers';
import { createFileWriting } from './file-writing';

const paper = (at: number): ExportedPaper => ({
  id: `title:${at}`,
  title: `Reeds, part ${at}`,
  abstract: 'They grow.',
  authors: ['Zoë Márquez'],
  ids: {},
});

function setUp() {
  const workers: FakeWorker<ExportCalls>[] = [];
  const write = createFileWriting(() => {
    const worker = new FakeWorker<ExportCalls>(createExportHandlers());
    workers.push(worker);
    return worker;
  });
  return { workers, write };
}

describe('writing a file', () => {
  it('has every paper in order, however many messages they take', async () => {
    const { workers, write } = setUp();
    const asked: number[] = [];
    const part = (from: number, to: number) => {
      asked.push(to - from);
      return Array.from({ length: to - from }, (_, at) => paper(from + at));
    };
    const progress: number[] = [];
    const file = await write(
      1_234,
      part,
      'json-lines',
      { title: 'All' },
      {
        onProgress: ({ done }) => progress.push(done),
      },
    );
    const lines = (await file.text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(
      Array.from({ length: 1_234 }, (_, at) => `title:${at}`),
    );
    expect(Math.max(...asked)).toBeLessThanOrEqual(250);
    expect(progress).toEqual([500, 1_000]);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
  });

  it('is an empty list for no papers, and of the type of its format', async () => {
    const file = await setUp().write(0, () => [], 'csl-json', { title: 'None' });
    expect(JSON.parse(await file.text())).toEqual([]);
    expect(file.type).toMatch(/json/);
  });

  it('stops between two parts, and ends its worker', async () => {
    const { workers, write } = setUp();
    const stop = new AbortController();
    const part = (from: number) => {
      if (from >= 500) stop.abort(new Error('closed'));
      return [paper(from)];
    };
    await expect(write(5_000, part, 'bibtex', { title: 'All' }, { signal: stop.signal })).rejects.toThrow(
      'closed',
    );
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
  });

  it('refuses a format that does not exist', async () => {
    await expect(setUp().write(0, () => [], 'papyrus', { title: 'All' })).rejects.toThrow(/papyrus/);
  });
});
