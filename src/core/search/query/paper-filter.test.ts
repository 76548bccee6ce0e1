import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from '../index/lexical-index';
import { parseQuery, type Clause, type Query, type Term } from './query';
import { phraseFilter, paperFilter, type ResolvedTerm } from './paper-filter';
import { lastWord, termPositions, type TermPosition } from './query-words';
import { phraseForms, type IndexLookup } from './phrase-forms';
import {
  nameFields,
  searchedFields,
  valueSeparator,
  type SearchableText,
  type SearchedField,
} from '../index/searchable-text';
import { eachTerm } from '../index/terms';
import { Vocabulary } from '../index/vocabulary';

const words = 'graph graphon codec self-supervised self supervised of speech 量子计算 子计'.split(' ');
const text = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((chosen) => chosen.join(' '));
const someText = fc
  .array(fc.constantFrom(...words, 'gra'), { minLength: 1, maxLength: 3 })
  .map((chosen) => chosen.join(' '));
const values = fc.array(text, { maxLength: 3 }).map((all) => all.join(valueSeparator));
const paper = fc.record({ title: text, abstract: text, authors: values, categories: values });

const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), text: fc.constantFrom(...words) }),
  fc.record({ kind: fc.constant('phrase' as const), text: someText }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom('title', 'author', 'tag', 'venue', 'digest', 'like'),
    text: someText,
  }),
  fc.constant({ kind: 'year' as const, from: 2020, to: null }),
);
const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({ isExcluded: fc.constant(true), anyOf: term.map((only) => [only]) }),
  fc.record({ isExcluded: fc.constant(false), anyOf: fc.array(term, { minLength: 1, maxLength: 3 }) }),
);

/** Whether one field has all positions at their distances; tries every start. */
function hasPhrase(
  paperText: SearchableText,
  positions: readonly TermPosition[],
  fields: readonly SearchedField[],
): boolean {
  return fields.some((field) => {
    const termsAt = new Map<number, string[]>();
    const onTerm = (found: string, position: number) =>
      termsAt.set(position, [...(termsAt.get(position) ?? []), found]);
    let end = 0;
    for (const value of nameFields.has(field) ? paperText[field].split(valueSeparator) : [paperText[field]])
      end = eachTerm(value, onTerm, end === 0 ? 0 : end + 7, nameFields.has(field));
    return Array.from({ length: end }, (_, start) => start).some((start) =>
      positions.every(({ offset, terms }) =>
        termsAt.get(start + offset - (positions[0]?.offset ?? 0))?.some((found) => terms.includes(found)),
      ),
    );
  });
}

const startingWith = (start: string) =>
  ['graph', 'graphon', 'codec', 'selfsupervis', 'self', 'supervis', 'speech'].filter((each) =>
    each.startsWith(start),
  );
const fieldsOf: Record<string, SearchedField[]> = {
  title: ['title'],
  author: ['authors'],
  venue: ['venue'],
  tag: ['categories', 'tags'],
};

/** Whether one value of the fields has all the words, in any order, and repeated ones as often. */
function isNamed(
  paperText: SearchableText,
  positions: readonly TermPosition[],
  fields: readonly SearchedField[],
): boolean {
  const values = fields.flatMap((field) => paperText[field].split(valueSeparator));
  return values.some((value) => {
    const found = termPositions(value, true);
    const canAssign = (left: readonly TermPosition[], taken: readonly number[]): boolean => {
      const [first, ...others] = left;
      if (first === undefined) return true;
      return found.some(
        ({ offset, terms }) =>
          !taken.includes(offset) &&
          terms.some((term) => first.terms.includes(term)) &&
          canAssign(others, [...taken, offset]),
      );
    };
    return canAssign(positions, []);
  });
}

/** Null when there is nothing to look for. `all` are the papers that are searched. */
function meets(
  paperText: SearchableText,
  each: Term,
  isExcluded: boolean,
  all: readonly SearchableText[],
): boolean | null {
  if (each.kind === 'year' || each.kind === 'is') return false;
  const addPrefixMatches = (position: TermPosition) =>
    isExcluded || each.kind !== 'field'
      ? position
      : { ...position, terms: [...position.terms, ...startingWith(lastWord(each.text))] };
  const fields = each.kind === 'field' ? fieldsOf[each.field] : searchedFields;
  if (fields === undefined) return false;
  if (each.kind !== 'field' || each.field === 'title') {
    const lookup: IndexLookup = {
      hasTerm: (wanted) =>
        all.some((one) => hasPhrase(one, [{ offset: 0, terms: [wanted] }], searchedFields)),
      holdsPhrase: (positions) => all.some((one) => hasPhrase(one, positions, searchedFields)),
    };
    const forms = phraseForms(each.text, lookup, addPrefixMatches);
    if (forms.every((positions) => positions.length === 0)) return null;
    return forms.some((positions) => positions.length > 0 && hasPhrase(paperText, positions, fields));
  }
  const positions = termPositions(each.text, true);
  const last = positions.at(-1);
  if (last === undefined) return null;
  const isKnown = all.some((one) => isNamed(one, positions, fields));
  const completed = [...positions.slice(0, -1), addPrefixMatches(last)];
  return isNamed(paperText, isKnown ? positions : completed, fields);
}

function passes(
  paperText: SearchableText,
  query: Query,
  resolved: readonly ResolvedTerm[],
  all: readonly SearchableText[],
): boolean {
  return query.clauses.every(({ anyOf, isExcluded }, at) => {
    if (anyOf.some((each) => each.kind === 'field' && each.field === 'like')) return true;
    if (!isExcluded && anyOf.every((each) => each.kind === 'word' || each.kind === 'phrase')) return true;
    const answers = anyOf.map((each, termAt) => {
      const given = resolved.find((one) => one.clause === at && one.term === termAt);
      return given === undefined
        ? meets(paperText, each, isExcluded, all)
        : given.slots.includes(paperText.slot);
    });
    return answers.every((answer) => answer === null) || answers.includes(true) !== isExcluded;
  });
}

function indexOf(texts: readonly SearchableText[]): LexicalIndex {
  const index = new LexicalIndex();
  for (const each of texts) index.add([each]);
  return index;
}

function filterOf(texts: readonly SearchableText[], query: Query, resolved: readonly ResolvedTerm[] = []) {
  const index = indexOf(texts);
  return paperFilter(query, index, new Vocabulary(index), resolved);
}

const three = [
  textOf(0, { title: 'Deep residual learning', authors: 'Kaiming He\nXiangyu Zhang', venue: 'CVPR' }),
  textOf(1, {
    title: 'Learning residual flows',
    abstract: 'Deep. Residual learning',
    authors: 'Jean-Pierre Chen',
  }),
  textOf(2, {
    title: 'The theory of deep',
    abstract: 'residual',
    authors: 'Zhang Wei',
    categories: 'cs.LG\nstat.ML',
  }),
];

describe('paperFilter', () => {
  it('passes the papers that a reading of every paper passes', () => {
    const resolution = fc.array(
      fc.record({
        clause: fc.nat({ max: 3 }),
        term: fc.nat({ max: 2 }),
        slots: fc.uniqueArray(fc.nat({ max: 5 })),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(
        fc.array(paper, { minLength: 1, maxLength: 6 }),
        fc.array(clause, { maxLength: 4 }),
        resolution,
        (papers, clauses, given) => {
          const texts = papers.map((fields, slot) => textOf(slot, fields));
          const query = { clauses, isPasted: false, remarks: [] };
          const resolved = given.map((each) => ({
            ...each,
            slots: Int32Array.from(each.slots.filter((slot) => slot < texts.length)),
          }));
          const filter = filterOf(texts, query, resolved);
          for (const each of texts) {
            expect(filter === null || filter[each.slot] === 1).toBe(passes(each, query, resolved, texts));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['-"deep residual"', [2]],
    ['-learning', [2]],
    ['author:"Zhang Xiangyu"', [0]],
    ['author:jean-pier', [1]],
    ['author:zha', [0, 2]],
    ['title:"residual lea"', [0]],
    ['tag:cs.LG', [2]],
    ['venue:cvpr OR author:wei', [0, 2]],
    ['author:zhang -author:wei', [0]],
    ['-author:zh', [0, 1, 2]],
    ['author:he', [0]],
    ['author:"he kaiming"', [0]],
    ['author:"kaiming zhang"', []],
    ['author:"he he"', []],
    ['author:"zhang zhang"', []],
    ['tag:"lg ml"', []],
    ['venue:it', []],
    ['author:wei OR author:xiang', [0, 2]],
  ])('%s passes %j', (typed, slots) => {
    const filter = filterOf(three, parseQuery(typed));
    expect(three.map(({ slot }) => slot).filter((slot) => filter?.[slot] === 1)).toEqual(slots);
  });

  it.each([
    'residual learning',
    'a OR b',
    '"residual learning"',
    '"residual learning" OR deep',
    'like:"Deep residual learning"',
    '',
    'lorem '.repeat(100) + '-deep',
  ])('is null for %j, which has no filter clause', (typed) =>
    expect(filterOf(three, parseQuery(typed))).toBeNull(),
  );
});

describe('phraseFilter', () => {
  it('passes the papers that a reading of every paper finds', () => {
    const terms = fc.array(
      term.filter(({ kind }) => kind === 'word' || kind === 'phrase'),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.array(paper, { minLength: 1, maxLength: 6 }), terms, (papers, anyOf) => {
        const texts = papers.map((fields, slot) => textOf(slot, fields));
        const query = { clauses: [{ isExcluded: false, anyOf }], isPasted: false, remarks: [] };
        const { filter, unmatchedPhrases } = phraseFilter(query, indexOf(texts));
        const indexed = anyOf.filter((each) => 'text' in each && termPositions(each.text).length > 0);
        const isPhrase = indexed.length > 0 && anyOf.some(({ kind }) => kind === 'phrase');
        const holders = texts.filter((each) =>
          indexed.some((one) => meets(each, one, false, texts) === true),
        );
        expect(filter === null).toBe(!isPhrase || holders.length === 0);
        expect(unmatchedPhrases.length > 0).toBe(isPhrase && holders.length === 0);
        if (filter !== null) {
          expect(texts.filter(({ slot }) => filter[slot] === 1).map(({ slot }) => slot)).toEqual(
            holders.map(({ slot }) => slot),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['"residual learning"', [0, 1], []],
    ['"deep residual"', [0, 1], []],
    ['"residual learning" "learning residual"', [1], []],
    ['"residual learning" "residual network"', [0, 1], ['residual network']],
    ['"theory of deep" OR "residual learning"', [0, 1, 2], []],
    ['"theory of deep" "residual learning"', [], []],
  ])('for %s passes %j, with unmatched phrases %j', (typed, slots, expected) => {
    const { filter, unmatchedPhrases } = phraseFilter(parseQuery(typed), indexOf(three));
    expect(three.map(({ slot }) => slot).filter((slot) => filter?.[slot] === 1)).toEqual(slots);
    expect(unmatchedPhrases).toEqual(expected);
  });

  it.each([
    'residual learning',
    '-"residual learning"',
    'title:"residual learning"',
    '"the of"',
    '"network"',
  ])('is null for %s', (typed) => expect(phraseFilter(parseQuery(typed), indexOf(three)).filter).toBeNull());
});
