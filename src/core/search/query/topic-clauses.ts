import { foldText } from '../../paper/text/clean';
import { printQuery } from './print-query';
import { LONGEST_QUERY, parseQuery, type Clause, type Term } from './query';

/** The topics that a text narrows the search to, as they stand in it. */
export function topicsSought(text: string): string[] {
  const query = parseQuery(text);
  if (query.isPasted) return [];
  return query.clauses
    .filter(isOfTopics)
    .flatMap(({ anyOf }) => anyOf.flatMap((term) => ('text' in term ? term.text : [])));
}

/** The text but for the topics that it is narrowed to. */
export function withoutTopics(text: string): string {
  const query = parseQuery(text);
  if (query.isPasted) return text;
  return printQuery({ ...query, clauses: query.clauses.filter((clause) => !isOfTopics(clause)) });
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
  const { clauses } = query;
  const isIt = (other: string) => foldText(other) === foldText(name);
  const means = (term: Term) => 'text' in term && namesOf(term.text).some(isIt);
  const isThere = clauses.some((clause) => isOfTopics(clause) && clause.anyOf.some(means));
  const toggled = isThere
    ? clauses.map((clause) => (isOfTopics(clause) ? { ...clause, anyOf: without(clause.anyOf) } : clause))
    : withTopic(
        clauses.filter(
          ({ isExcluded, anyOf }) => !isExcluded || !anyOf.every(isTopicTerm) || !anyOf.every(means),
        ),
        name,
      );
  const printed = printQuery({ ...query, clauses: toggled.filter(({ anyOf }) => anyOf.length > 0) });
  return printed.length > LONGEST_QUERY ? null : printed;

  function without(terms: readonly Term[]): Term[] {
    const left = new Map<string, Term>();
    for (const term of terms) {
      const part = 'text' in term ? term.text : '';
      if (!means(term)) left.set(foldText(part), term);
      else
        for (const other of namesOf(part))
          if (!isIt(other) && !left.has(foldText(other))) left.set(foldText(other), termOf(other));
    }
    return [...left.values()];
  }
}

/** In the first clause of topics, which comes last then. */
function withTopic(clauses: readonly Clause[], name: string): Clause[] {
  const at = clauses.findIndex(isOfTopics);
  const anyOf = [...(clauses[at]?.anyOf ?? []), termOf(name)];
  return [...clauses.filter((_, index) => index !== at), { isExcluded: false, anyOf }];
}

function termOf(name: string): Term {
  return { kind: 'field', field: 'topic', text: name };
}

function isOfTopics({ isExcluded, anyOf }: Clause): boolean {
  return !isExcluded && anyOf.every(isTopicTerm);
}

function isTopicTerm(term: Term): boolean {
  return term.kind === 'field' && term.field === 'topic';
}
