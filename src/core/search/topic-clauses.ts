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
 * The text with this topic among those that it is narrowed to, or without it if it is there: `topic:a OR topic:b`. A part
 * that means several topics (`namesOf`) gives way to the others' names. Null when the text has no room for it: a pasted
 * one has no operators, and a longer one would be taken for a pasted one.
 */
export function toggledTopic(
  text: string,
  name: string,
  namesOf: (part: string) => readonly string[] = (part) => [part],
): string | null {
  const query = parseQuery(text);
  if (query.isPasted) return null;
  const at = query.clauses.findIndex(isOfTopics);
  const before = query.clauses[at]?.anyOf ?? [];
  const anyOf = withoutTopic(before, name, namesOf) ?? [...before, termOf(name)];
  const clauses = query.clauses.filter((_, index) => index !== at);
  if (anyOf.length > 0) clauses.push({ isExcluded: false, anyOf });
  const printed = printQuery({ ...query, clauses });
  return printed.length > LONGEST_QUERY ? null : printed;
}

/** Null when none of these terms means it. */
function withoutTopic(
  terms: readonly Term[],
  name: string,
  namesOf: (part: string) => readonly string[],
): Term[] | null {
  const left = new Map<string, Term>();
  let isThere = false;
  for (const term of terms) {
    const part = 'text' in term ? term.text : '';
    const names = namesOf(part);
    const others = names.filter((other) => foldText(other) !== foldText(name));
    if (others.length === names.length) {
      left.set(foldText(part), term);
      continue;
    }
    isThere = true;
    for (const other of others) if (!left.has(foldText(other))) left.set(foldText(other), termOf(other));
  }
  return isThere ? [...left.values()] : null;
}

function termOf(name: string): Term {
  return { kind: 'field', field: 'topic', text: name };
}

function isOfTopics({ isExcluded, anyOf }: Clause): boolean {
  return !isExcluded && anyOf.every((term) => term.kind === 'field' && term.field === 'topic');
}
