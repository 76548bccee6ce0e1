import { describe, expect, it } from 'vitest';
import type { Paper, Sighting } from '../paper/paper';
import { annotation } from './fixtures/annotations';
import { namesNow, paperOf, papersByName } from './place';

const paper = (id: string, ...sightings: string[]): Paper => ({
  ...{ id, title: id, abstract: '', authors: [], ids: {}, textHash: id },
  sightings: sightings.map((name) => ({ id: name }) as Sighting),
});

describe('the paper of an annotation', () => {
  it('is found by a name that it had before it was joined', () => {
    const joined = paper('arxiv:1', 'title:1', 'arxiv:1');
    expect(paperOf(annotation('title:1'), papersByName([joined]))).toBe(joined);
  });

  it('is the one that bears the first of its names, and none while no name is here', () => {
    const [one, other] = [paper('a', 'a'), paper('b', 'b')];
    const said = annotation('b', { names: ['b', 'a'] });
    expect(paperOf(said, papersByName([one, other]))).toBe(other);
    expect(paperOf(said, papersByName([one]))).toBe(one);
    expect(paperOf(said, papersByName([]))).toBeUndefined();
  });

  it('lends it the names it has by now, and takes back those of a paper that was split off', () => {
    const joined = paper('arxiv:1', 'title:1', 'arxiv:1');
    const together = namesNow(annotation('title:1'), joined, papersByName([joined]));
    expect(together).toEqual(['title:1', 'arxiv:1']);
    const [one, other] = [paper('title:1', 'title:1'), paper('arxiv:1', 'arxiv:1')];
    const split = annotation('title:1', { names: [...together, 'gone'] });
    expect(namesNow(split, one, papersByName([one, other]))).toEqual(['title:1', 'gone']);
  });
});
