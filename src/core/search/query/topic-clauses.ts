import { foldText } from '../../paper/text/clean';
import { printQuery } from './print-query';
import { maxQueryLength, parseQuery, type Clause, type Term } from './query';

/** The topics that a text narrows the search to, as they are written in it. */
export function searchedTopics(text: string): string[] {
  const query = parseQuery(text);
  if (query.isPasted) return [];
  return query.clauses
    .filter(isTopicClause)
    .flatMap(({ anyOf }) => anyOf.flatMap((term) => ('text' in term ? term.text : [])));
}

/** The text without its topic clauses. */
export function withoutTopics(text: string): string {
  const query = parseQuery(text);
  if (query.isPasted) return text;
  return printQuery({ ...query, clauses: query.clauses.filter((clause) => !isTopicClause(clause)) });
}

/**
 * The text with this topic added to its topic clause (`topic:a OR topic:b`), or removed if it is there. A part of a name
 * that means several topics (`namesOf`) is replaced by the names of the others. Null when the text cannot take the topic:
 * a pasted text has no operators, and a text that became too long would be read as a pasted one.
 */
export function toggledTopic(
  text: string,
  name: string,
  namesOf: (part: string) => readonly string[] = (part) => [part],
): string | null {
  const query = parseQuery(text);
  if (query.isPasted) return null;
  const { clauses } = query;
  const isSameName = (other: string) => foldText(other) === foldText(name);
  const isTopic = (term: Term) => 'text' in term && namesOf(term.text).some(isSameName);
  const isThere = clauses.some((clause) => isTopicClause(clause) && clause.anyOf.some(isTopic));
  const toggled = isThere
    ? clauses.map((clause) => (isTopicClause(clause) ? { ...clause, anyOf: without(clause.anyOf) } : clause))
    : addTopic(
        clauses.filter(
          ({ isExcluded, anyOf }) => !isExcluded || !anyOf.every(isTopicTerm) || !anyOf.every(isTopic),
        ),
        name,
      );
  const printed = printQuery({ ...query, clauses: toggled.filter(({ anyOf }) => anyOf.length > 0) });
  return printed.length > maxQueryLength ? null : printed;

  function without(terms: readonly Term[]): Term[] {
    const left = new Map<string, Term>();
    for (const term of terms) {
      const part = 'text' in term ? term.text : '';
      if (!isTopic(term)) left.set(foldText(part), term);
      else
        for (const other of namesOf(part))
          if (!isSameName(other) && !left.has(foldText(other))) left.set(foldText(other), topicTerm(other));
    }
    return [...left.values()];
  }
}

/** Adds the topic to the first topic clause, which moves to the end. */
function addTopic(clauses: readonly Clause[], name: string): Clause[] {
  const at = clauses.findIndex(isTopicClause);
  const anyOf = [...(clauses[at]?.anyOf ?? []), topicTerm(name)];
  return [...clauses.filter((_, index) => index !== at), { isExcluded: false, anyOf }];
}

function topicTerm(name: string): Term {
  return { kind: 'field', field: 'topic', text: name };
}

function isTopicClause({ isExcluded, anyOf }: Clause): boolean {
  return !isExcluded && anyOf.every(isTopicTerm);
}

function isTopicTerm(term: Term): boolean {
  return term.kind === 'field' && term.field === 'topic';
}
