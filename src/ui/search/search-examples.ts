import type { Paper } from '../../core/paper/paper';
import { beginningOf } from '../../core/paper/text/title-beginning';
import { printValue } from '../../core/search/query/print-query';
import type { KnownValues } from '../../core/search/query/query-completions';

export interface SearchExample {
  /** As it is typed. */
  text: string;
  /** What it asks for. */
  asks: string;
  /** Whether the library is known to hold nothing that a field like this one could find. */
  isVain: boolean;
}

/** Of a title as much as makes it known, and leaves room for the rest of a search. */
const titleLength = 32;

/** One of everything that a search understands; as far as the library has something for it, with what it has. */
export function searchExamples(known: KnownValues | null, paper: Paper | undefined): SearchExample[] {
  const of = (field: string, values: readonly string[] | undefined, otherwise: string, asks: string) => ({
    text: `${field}:${printValue(values?.[0] ?? otherwise)}`,
    asks,
    isVain: values?.length === 0,
  });
  const newest = known?.years[0];
  const plain = (text: string, asks: string) => ({ text, asks, isVain: false });
  return [
    plain('sparse attention', 'about these words, the best first'),
    plain('"language model"', 'these words in this order'),
    plain('-survey', 'without this word'),
    plain('planning OR memory', 'one or the other'),
    plain('title:reasoning', 'in the title'),
    of('author', known?.authors.values, 'márquez', 'by this author'),
    of('venue', known?.venues.values, 'neurips', 'that appeared there'),
    {
      ...plain(newest === undefined ? 'year:2020..2023' : `year:${newest - 2}..${newest}`, 'of these years'),
      isVain: known?.years.length === 0,
    },
    of('tag', known?.tags.values, 'cs.CL', 'with this tag of yours, category or keyword'),
    of('topic', known?.topics.values.map(firstPartOf), 'transformers', 'of this topic of the map'),
    of('digest', known?.digests.values, 'monday', 'in this digest'),
    plain('is:new', 'not opened since they came'),
    plain('is:unread', 'not read yet; also is:read'),
    plain('is:starred', 'starred by you'),
    of(
      'like',
      paper && [beginningOf(paper.title, titleLength)],
      'attention is all you need',
      'near to this paper',
    ),
  ];
}

/** A topic is found by a part of its name, too: "Bridges" of "Bridges, transport". */
function firstPartOf(topic: string): string {
  return beginningOf(topic.split(', ')[0] ?? topic, titleLength);
}
