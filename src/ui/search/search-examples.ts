import type { Paper } from '../../core/paper/paper';
import { beginningOf } from '../../core/paper/text/title-beginning';
import { printValue } from '../../core/search/query/print-query';
import type { KnownValues } from '../../core/search/query/query-completions';

export interface SearchExample {
  /** The query as typed. */
  text: string;
  /** What it finds, in words. */
  asks: string;
  /** Whether the library is known to have no value of this field. */
  isWithoutMatch: boolean;
}

/** Characters: enough to recognise a title, with room for the rest of a search. */
const titleLength = 32;

/** One example of everything that a search understands, with values of this library where it has any. */
export function searchExamples(known: KnownValues | null, paper: Paper | undefined): SearchExample[] {
  const of = (field: string, values: readonly string[] | undefined, otherwise: string, asks: string) => ({
    text: `${field}:${printValue(values?.[0] ?? otherwise)}`,
    asks,
    isWithoutMatch: values?.length === 0,
  });
  const newest = known?.years[0];
  const plain = (text: string, asks: string) => ({ text, asks, isWithoutMatch: false });
  return [
    plain('sparse attention', 'about these words, the best first'),
    plain('"language model"', 'these words in this order'),
    plain('-survey', 'without this word'),
    plain('planning OR memory', 'one or the other'),
    plain('title:reasoning', 'in the title'),
    of('author', known?.authors.values, 'márquez', 'by this author'),
    of('venue', known?.venues.values, 'neurips', 'published there'),
    {
      ...plain(newest === undefined ? 'year:2020..2023' : `year:${newest - 2}..${newest}`, 'of these years'),
      isWithoutMatch: known?.years.length === 0,
    },
    of('tag', known?.tags.values, 'cs.CL', 'with this tag of yours, category or keyword'),
    of('topic', known?.topics.values.map(firstPartOf), 'transformers', 'of this topic of the map'),
    of('digest', known?.digests.values, 'monday', 'in this digest'),
    plain('is:new', 'not opened since they were added'),
    plain('is:unread', 'not read yet; also is:read'),
    plain('is:starred', 'starred by you'),
    of(
      'like',
      paper && [beginningOf(paper.title, titleLength)],
      'attention is all you need',
      'similar to this paper',
    ),
  ];
}

/** A topic is found by a part of its name too: "Bridges" of "Bridges, transport". */
function firstPartOf(topic: string): string {
  return beginningOf(topic.split(', ')[0] ?? topic, titleLength);
}
