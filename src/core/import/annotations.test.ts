import { describe, expect, it } from 'vitest';
import type { DecodeBytes } from './decode';
import { readFile } from './read-file';

const decode: DecodeBytes = (bytes, encoding, fatal) => new TextDecoder(encoding, { fatal }).decode(bytes);

async function read(text: string) {
  return readFile({ name: 'reeds.bib', bytes: new TextEncoder().encode(text) }, decode);
}

describe('what a file says that its reader wrote', () => {
  it('is handed over beside the papers, never in them, where it would be stored for good', async () => {
    const { papers, annotations } = await read(
      '@misc{a, title = {Reeds}}\n@misc{b, title = {Maps}, keywords = {wet, starred, dry}, digestatlas = {starred: dry}, annote = {Mine.}}',
    );
    expect(annotations).toEqual([{ position: 1, isStarred: true, tags: ['dry'], note: 'Mine.' }]);
    expect(papers.map(({ categories }) => categories)).toEqual([undefined, ['wet']]);
    for (const paper of papers) expect(paper).not.toHaveProperty('annotation');
  });

  it('is nothing in a foreign file, whatever its keywords', async () => {
    const reading = await read('@misc{b, title = {Maps}, keywords = {read, starred}}');
    expect(reading).not.toHaveProperty('annotations');
    expect(reading.papers[0]?.categories).toEqual(['read', 'starred']);
  });

  it('is not taken from remarks in RIS that another program wrote', async () => {
    const reading = await read('TY  - JOUR\nTI  - Maps\nN1  - Cited By :3\nU1  - starred\nER  - \n');
    expect(reading).not.toHaveProperty('annotations');
  });
});
