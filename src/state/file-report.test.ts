import { describe, expect, it } from 'vitest';
import { readFile } from '../core/import/read-file';
import { mergeImport } from '../core/paper/merge';
import { beginReport, reportOf } from './file-report';

const titles = (...papers: { title: string; abstract?: string }[]) => {
  const bytes = new TextEncoder().encode(JSON.stringify(papers));
  const decode = (part: Uint8Array) => new TextDecoder().decode(part);
  return { ...readFile({ name: 'monday.json', bytes }, decode), sha256: '00' };
};

describe('file report', () => {
  it('begins with nothing said', () => {
    expect(beginReport(3, 'monday.json')).toMatchObject({
      id: 3,
      file: 'monday.json',
      state: 'reading',
      added: 0,
      problems: [],
    });
  });

  it('counts each paper of the file in one place', () => {
    const first = mergeImport(new Map(), titles({ title: 'A', abstract: 'a' }, { title: 'B' }).papers, 'one');
    const known = new Map(first.papers.map((paper) => [paper.id, paper]));
    const read = titles({ title: 'A', abstract: 'a' }, { title: 'B', abstract: 'b' }, { title: 'C' });
    const report = reportOf(beginReport(1, 'monday.json'), read, mergeImport(known, read.papers, 'two'));
    expect(report).toMatchObject({ state: 'done', added: 1, updated: 1, known: 1, withoutAbstract: 1 });
    expect(report.digestName).toBe('monday');
  });

  it('counts nothing as taken when nothing was merged', () => {
    const report = reportOf(beginReport(1, 'monday.json'), titles({ title: 'A' }), null);
    expect(report).toMatchObject({ added: 0, updated: 0, known: 0 });
  });
});
