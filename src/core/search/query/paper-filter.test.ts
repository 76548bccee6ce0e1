import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../fixtures/texts';
import { LexicalIndex } from '../index/lexical-index';
import { parseQuery, type Clause, type Query, type Term } from './query';
import { phraseMask, queryMask, type ResolvedTerm } from './paper-filter';
import { lastWord, placesOf, type TermPlace } from './query-words';
import { phraseForms, type Written } from './phrase-forms';
import {
  NAME_FIELDS,
  SEARCHED_FIELDS,
  VALUES,
  type SearchableText,
  type SearchedField,
} from '../index/searchable-text';
import { eachTerm } from '../index/terms';
import { Vocabulary } from '../index/vocabulary';

const words = [
  'graph',
  'graphon',
  'codec',
  'self-supervised',
  'self',
  'supervised',
  'of',
  'speech',
  '量子计算',
  '子计',
];
const text = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((found) => found.join(' '));
const someText = fc
  .array(fc.constantFrom(...words, 'gra'), { minLength: 1, maxLength: 3 })
  .map((found) => found.join(' '));
const values = fc.array(text, { maxLength: 3 }).map((all) => all.join(VALUES));
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

/** Whether the places stand so in one field, looked for at every beginning. */
function hasPhrase(
  paperText: SearchableText,
  places: readonly TermPlace[],
  fields: readonly SearchedField[],
): boolean {
  return fields.some((field) => {
    const at = new Map<number, string[]>();
    const note = (found: string, position: number) => at.set(position, [...(at.get(position) ?? []), found]);
    let end = 0;
    for (const value of NAME_FIELDS.has(field) ? paperText[field].split(VALUES) : [paperText[field]])
      end = eachTerm(value, note, end === 0 ? 0 : end + 7, NAME_FIELDS.has(field));
    return Array.from({ length: end }, (_, begin) => begin).some((begin) =>
      places.every(({ offset, terms }) =>
        at.get(begin + offset - (places[0]?.offset ?? 0))?.some((found) => terms.includes(found)),
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

/** Whether one value of the fields has each of the words, in any order, as often as they are named. */
function isNamed(
  paperText: SearchableText,
  places: readonly TermPlace[],
  fields: readonly SearchedField[],
): boolean {
  const values = fields.flatMap((field) => paperText[field].split(VALUES));
  return values.some((value) => {
    const found = placesOf(value, true);
    const orders = (left: readonly TermPlace[], taken: readonly number[]): boolean => {
      const [first, ...others] = left;
      if (first === undefined) return true;
      return found.some(
        ({ offset, terms }) =>
          !taken.includes(offset) &&
          terms.some((term) => first.terms.includes(term)) &&
          orders(others, [...taken, offset]),
      );
    };
    return orders(places, []);
  });
}

/** Null when the term says nothing. `all` are the papers that are searched. */
function meets(
  paperText: SearchableText,
  each: Term,
  isExcluded: boolean,
  all: readonly SearchableText[],
): boolean | null {
  if (each.kind === 'year' || each.kind === 'is') return false;
  const withEndings = (place: TermPlace) =>
    isExcluded || each.kind !== 'field'
      ? place
      : { ...place, terms: [...place.terms, ...startingWith(lastWord(each.text))] };
  const fields = each.kind === 'field' ? fieldsOf[each.field] : SEARCHED_FIELDS;
  if (fields === undefined) return false;
  if (each.kind !== 'field' || each.field === 'title') {
    const written: Written = {
      hasTerm: (sought) =>
        all.some((one) => hasPhrase(one, [{ offset: 0, terms: [sought] }], SEARCHED_FIELDS)),
      holds: (places) => all.some((one) => hasPhrase(one, places, SEARCHED_FIELDS)),
    };
    const forms = phraseForms(each.text, written, withEndings);
    if (forms.every((places) => places.length === 0)) return null;
    return forms.some((places) => places.length > 0 && hasPhrase(paperText, places, fields));
  }
  const places = placesOf(each.text, true);
  const last = places.at(-1);
  if (last === undefined) return null;
  const isKnown = all.some((one) => isNamed(one, places, fields));
  return isNamed(paperText, isKnown ? places : [...places.slice(0, -1), withEndings(last)], fields);
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
    const answers = anyOf.map((each, place) => {
      const given = resolved.find((one) => one.clause === at && one.term === place);
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

function maskOf(texts: readonly SearchableText[], query: Query, resolved: readonly ResolvedTerm[] = []) {
  const index = indexOf(texts);
  return queryMask(query, index, new Vocabulary(index), resolved);
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

describe('queryMask', () => {
  it('lets through what reading every paper lets through', () => {
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
          const mask = maskOf(texts, query, resolved);
          for (const each of texts) {
            expect(mask === null || mask[each.slot] === 1).toBe(passes(each, query, resolved, texts));
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
    const mask = maskOf(three, parseQuery(typed));
    expect(three.map(({ slot }) => slot).filter((slot) => mask?.[slot] === 1)).toEqual(slots);
  });

  it.each([
    'residual learning',
    'a OR b',
    '"residual learning"',
    '"residual learning" OR deep',
    'like:"Deep residual learning"',
    '',
    'lorem '.repeat(100) + '-deep',
  ])('is none for %j, which filters nothing', (typed) => expect(maskOf(three, parseQuery(typed))).toBeNull());
});

describe('phraseMask', () => {
  it('holds what reading every paper finds', () => {
    const terms = fc.array(
      term.filter(({ kind }) => kind === 'word' || kind === 'phrase'),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.array(paper, { minLength: 1, maxLength: 6 }), terms, (papers, anyOf) => {
        const texts = papers.map((fields, slot) => textOf(slot, fields));
        const query = { clauses: [{ isExcluded: false, anyOf }], isPasted: false, remarks: [] };
        const { mask, missed } = phraseMask(query, indexOf(texts));
        const says = anyOf.filter((each) => 'text' in each && placesOf(each.text).length > 0);
        const isPhrase = says.length > 0 && anyOf.some(({ kind }) => kind === 'phrase');
        const held = texts.filter((each) => says.some((one) => meets(each, one, false, texts) === true));
        expect(mask === null).toBe(!isPhrase || held.length === 0);
        expect(missed.length > 0).toBe(isPhrase && held.length === 0);
        if (mask !== null) {
          expect(texts.filter(({ slot }) => mask[slot] === 1).map(({ slot }) => slot)).toEqual(
            held.map(({ slot }) => slot),
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
  ])('of %s is %j, without %j', (typed, slots, missed) => {
    const found = phraseMask(parseQuery(typed), indexOf(three));
    expect(three.map(({ slot }) => slot).filter((slot) => found.mask?.[slot] === 1)).toEqual(slots);
    expect(found.missed).toEqual(missed);
  });

  it.each([
    'residual learning',
    '-"residual learning"',
    'title:"residual learning"',
    '"the of"',
    '"network"',
  ])('is none for %s', (typed) => expect(phraseMask(parseQuery(typed), indexOf(three)).mask).toBeNull());
});
