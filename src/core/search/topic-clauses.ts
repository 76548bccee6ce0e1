import { foldText } from '../paper/clean';
import { printQuery } from './print-query';
import { LONGEST_QUERY, parseQuery, type Clause, type Term } from './query';

/** The topics that a text narrows the search to, as they stand in it: any of them is enough. */
export function topicsSought(text: string): string[] {
  const query = parseQuery(text);
  if (query.isPasted) return [];
  return (query.clauses.find(isOfTopics)?.anyOf ?? []).flatMap((term) => ('text' in term ? term.text : []));
}

/**
 * The text with this topic among those that it is narrowed to, or without it if it is there: `topic:a OR topic:b`. Null
 * when the text has no room for it: a pasted one has no operators, and a longer one would be taken for a pasted one.
 */
export function toggledTopic(text: string, name: string): string | null {
  const query = parseQuery(text);
  if (query.isPasted) return null;
  const at = query.clauses.findIndex(isOfTopics);
  const before = query.clauses[at]?.anyOf ?? [];
  const others = before.filter((term) => !('text' in term) || foldText(term.text) !== foldText(name));
  const added: Term[] = others.length < before.length ? [] : [{ kind: 'field', field: 'topic', text: name }];
  const anyOf = [...others, ...added];
  const clauses = query.clauses.filter((_, index) => index !== at);
  if (anyOf.length > 0) clauses.push({ isExcluded: false, anyOf });
  const printed = printQuery({ ...query, clauses });
  return printed.length > LONGEST_QUERY ? null : printed;
}

function isOfTopics({ isExcluded, anyOf }: Clause): boolean {
  return !isExcluded && anyOf.every((term) => term.kind === 'field' && term.field === 'topic');
}
