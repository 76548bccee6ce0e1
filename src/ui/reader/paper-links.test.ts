import { describe, expect, it } from 'vitest';
import type { Paper } from '../../core/paper/paper';
import { plantedLibrary } from '../../state/fixtures/planted-library';
import { paperLinks } from './paper-links';

const [planted] = plantedLibrary(1);
if (planted === undefined) throw new Error('expected a paper');
const paper = (changes: Partial<Paper>): Paper => ({ ...planted, ids: {}, ...changes });
const textsOf = (changes: Partial<Paper>) => paperLinks(paper(changes), 'duckduckgo').map(({ text }) => text);

describe('the links of a paper', () => {
  it('lead to each place that its ids name, and to the PDF where there is one', () => {
    expect(textsOf({ ids: { arxiv: '2301.00001', doi: '10.1000/reeds', pmid: '7' } })).toEqual([
      'arXiv:2301.00001',
      'PDF',
      'doi:10.1000/reeds',
      'PubMed 7',
    ]);
  });

  it('hold its own link, unless an id names the same', () => {
    expect(textsOf({ url: 'https://reeds.example/1' })).toEqual(['https://reeds.example/1']);
    expect(textsOf({ ids: { doi: '10.1000/reeds' }, url: 'https://doi.org/10.1000/reeds' })).toHaveLength(1);
  });

  it.each([{}, { url: 'javascript:alert(1)' }])(
    'end at a search engine when nothing else is safe: %j',
    (changes) => {
      const lost = paper({ title: 'On "reeds" & tides', authors: ['Zoë Márquez'], ...changes });
      expect(paperLinks(lost, 'duckduckgo').at(-1)).toEqual({
        text: 'Find on the web',
        href: `https://duckduckgo.com/?q=${encodeURIComponent('"On  reeds  & tides" Zoë Márquez')}`,
      });
      expect(paperLinks(lost, 'scholar').at(-1)?.href).toMatch(
        /^https:\/\/scholar\.google\.com\/scholar\?q=%22On/,
      );
    },
  );
});
