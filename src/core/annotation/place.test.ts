import { describe, expect, it } from 'vitest';
import type { Paper, Sighting } from '../paper/paper';
import { annotation } from './fixtures/annotations';
import { currentNames, paperOf, papersByName } from './place';

const paper = (id: string, ...sightings: string[]): Paper => ({
  ...{ id, title: id, abstract: '', authors: [], ids: {}, textHash: id },
  sightings: sightings.map((name) => ({ id: name }) as Sighting),
});

describe('the paper of an annotation', () => {
  it('is found by a name that it had before it was joined', () => {
    const joined = paper('arxiv:1', 'title:1', 'arxiv:1');
    expect(paperOf(annotation('title:1'), papersByName([joined]))).toBe(joined);
  });

  it('is the one with the first of its names that is known, or none', () => {
    const [one, other] = [paper('a', 'a'), paper('b', 'b')];
    const annotated = annotation('b', { names: ['b', 'a'] });
    expect(paperOf(annotated, papersByName([one, other]))).toBe(other);
    expect(paperOf(annotated, papersByName([one]))).toBe(one);
    expect(paperOf(annotated, papersByName([]))).toBeUndefined();
  });

  it('gives it its current names, and removes those of a paper that was split off', () => {
    const joined = paper('arxiv:1', 'title:1', 'arxiv:1');
    const together = currentNames(annotation('title:1'), joined, papersByName([joined]));
    expect(together).toEqual(['title:1', 'arxiv:1']);
    const [one, other] = [paper('title:1', 'title:1'), paper('arxiv:1', 'arxiv:1')];
    const split = annotation('title:1', { names: [...together, 'gone'] });
    expect(currentNames(split, one, papersByName([one, other]))).toEqual(['title:1', 'gone']);
  });
});
