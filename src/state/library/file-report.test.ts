import { describe, expect, it } from 'vitest';
import { readFile } from '../../core/import/read-file';
import type { Digest } from '../../core/paper/paper';
import { Catalogue } from '../../core/paper/catalogue/catalogue';
import type { ReadFile } from '../../engine/protocol';
import { beginReport, importReport, isStale, newestNews, type FileReport } from './file-report';
import { totalOf } from './files-total';
import { runOnPage } from '../../engine/slices';

async function readingOf(
  ...papers: { title?: string; abstract?: string; date?: string }[]
): Promise<ReadFile> {
  const bytes = new TextEncoder().encode(JSON.stringify(papers));
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  return { ...(await readFile({ name: 'monday.json', bytes }, decode)), sha256: '00' };
}

describe('file report', () => {
  it('begins waiting, without a report', () => {
    expect(beginReport(3, 'monday.json')).toMatchObject({
      id: 3,
      file: 'monday.json',
      state: 'waiting',
      report: null,
    });
  });

  it('counts each paper of the file in one place', async () => {
    const catalogue = new Catalogue([], []);
    const first = await readingOf({ title: 'A', abstract: 'a' }, { title: 'B' });
    catalogue.apply(await runOnPage(catalogue.importing('one', first.papers)));
    const read = await readingOf(
      { title: 'A', abstract: 'a' },
      { title: 'B', abstract: 'b' },
      { title: 'C' },
    );
    const report = importReport(read, await runOnPage(catalogue.importing('two', read.papers)), undefined);
    expect(report).toMatchObject({ added: 1, updated: 1, known: 1, withoutAbstract: 1, skipped: 0 });
  });

  it('counts nothing as added, updated or known when nothing was merged', async () => {
    const report = importReport(await readingOf({ title: 'A' }), null, undefined);
    expect(report).toMatchObject({ added: 0, updated: 0, known: 0 });
  });

  it('counts records that were left out, and no others, as skipped', async () => {
    const read = await readingOf({ title: 'A', date: 'soon' }, {});
    const report = importReport(read, null, undefined);
    expect(report).toMatchObject({ skipped: 1, remarks: 1 });
  });

  it('counts as skipped and as remarked on also what the list of problems has no room for', async () => {
    const many = [...Array<object>(300).fill({}), ...Array<object>(200).fill({ title: 'A', date: 'soon' })];
    const report = importReport(await readingOf(...many), null, undefined);
    expect(report).toMatchObject({ skipped: 300, remarks: 200 });
    expect(report.problems).toHaveLength(100);
  });

  it('names the newest date, and remarks when nothing is newer than what was here', async () => {
    const read = await readingOf({ title: 'A', date: '2026-11-02' }, { title: 'B', date: '2026-11-20' });
    const reportAfter = (before: string | undefined) => importReport(read, null, before);
    expect(reportAfter(undefined)).toMatchObject({ newestDate: '2026-11-20' });
    expect(isStale(reportAfter(undefined))).toBe(false);
    expect(isStale(reportAfter('2026-11-19'))).toBe(false);
    expect(isStale(reportAfter('2026-11-20'))).toBe(true);
    expect(isStale(reportAfter('2026-11-21'))).toBe(true);
    expect(isStale(importReport(await readingOf({ title: 'A' }), null, '2026-11-21'))).toBe(false);
  });

  it('takes a year or a month for no news of a day', async () => {
    const report = importReport(await readingOf({ title: 'A', date: '2026' }), null, '2026-11-21');
    expect(isStale(report)).toBe(false);
  });

  it('knows the newest day that earlier imports brought, leaving out days that had not come yet', () => {
    const at = (addedAt: string, newestDate?: string) => ({
      addedAt: Date.parse(addedAt),
      report: { newestDate },
    });
    const digests = [
      at('2026-11-20T09:00:00Z', '2026-11-19'),
      at('2026-11-21T09:00:00Z', '2027-12'),
      at('2026-11-22T09:00:00Z'),
      at('2026-11-23T09:00:00Z', '2026-11-23'),
    ] as unknown as Digest[];
    expect(newestNews(digests, Date.parse('2026-11-23T08:00:00Z'))).toBe('2026-11-19');
    expect(newestNews(digests, Date.parse('2026-11-24T08:00:00Z'))).toBe('2026-11-23');
    expect(newestNews([], 0)).toBeUndefined();
  });
});

describe('the line for all files', () => {
  const reportsOf = (...states: FileReport['state'][]) =>
    states.map((state, at) => ({ ...beginReport(at, `${at}.json`), state }));
  const withNew = (added: number) => ({
    ...beginReport(9, 'new.json'),
    state: 'done' as const,
    report: { added } as FileReport['report'],
  });

  it('says that none could be read when no paper was found in any', () => {
    const none = 'No papers could be read from any of the 4 files.';
    expect(totalOf(reportsOf('nothing', 'nothing', 'nothing', 'nothing'))).toBe(none);
    expect(totalOf(reportsOf('failed', 'nothing', 'failed', 'nothing'))).toBe(none);
    expect(totalOf(reportsOf('nothing'))).toBe('No papers could be read from the file.');
  });

  it('counts as read only files that papers were found in', () => {
    expect(totalOf([withNew(30), ...reportsOf('known', 'nothing', 'failed', 'cancelled')])).toBe(
      '2 of 5 files read, 1 without papers, 1 stopped, 1 not readable; 30 papers new.',
    );
    expect(totalOf([withNew(1)])).toBe('1 of 1 file read; 1 paper new.');
  });

  it('counts what was read so far while others wait, and what was stopped', () => {
    expect(totalOf(reportsOf('nothing', 'reading', 'waiting'))).toBe(
      '0 of 3 files read, 1 without papers; 0 papers new.',
    );
    expect(totalOf(reportsOf('cancelled', 'cancelled'))).toBe('0 of 2 files read, 2 stopped; 0 papers new.');
  });
});
