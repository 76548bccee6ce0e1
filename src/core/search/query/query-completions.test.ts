import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../paper/text/clean';
import { operatorText } from '../fixtures/query-texts';
import { plainValue } from './print-query';
import { parseQuery, paperStates } from './query';
import { completionsAt, indexValues, type Completion, type KnownValues } from './query-completions';

const none: KnownValues = {
  authors: indexValues([]),
  venues: indexValues([]),
  tags: indexValues([]),
  topics: indexValues([]),
  digests: indexValues([]),
  titles: indexValues([]),
  years: [],
  states: [],
};

const known: KnownValues = {
  ...none,
  authors: indexValues(['Gabriel García', 'Zoë Márquez', 'Ana Gabrielli', 'Li', 'O’Neil, Gar']),
  tags: indexValues(['to read', 'thesis', '“to” cite']),
  titles: indexValues([
    'Sleep',
    'On the long sleep of quokkas: an island of some burrows, without trees, part 1',
    'On the long sleep of quokkas: an island of some burrows, without trees, part 2',
    'On the long sleep of wombats: an island of some burrows, without any bushes',
  ]),
  years: [2023, 2022, 2020, 2019],
  states: ['read', 'unread', 'starred'],
};

/** Completions at the caret, which is marked by a bar. */
const at = (marked: string, values = known): Completion[] =>
  completionsAt(marked.replace('|', ''), marked.indexOf('|'), values);
const labels = (marked: string, values = known): string[] => at(marked, values).map(({ label }) => label);

function applied(marked: string, label: string): string {
  const text = marked.replace('|', '');
  const completion = at(marked).find((each) => each.label === label);
  if (completion === undefined) throw new Error(`no ${label} at ${marked}`);
  const { insert, from, to } = completion;
  return `${text.slice(0, from)}${insert}|${text.slice(to)}`;
}

describe('completionsAt a term', () => {
  it.each<[string, string[]]>([
    ['au|', ['author:']],
    ['l|', ['like:']],
    ['graph T|', ['title:', 'tag:']],
    ['-is|', ['is:']],
    ['a OR author|', ['author:']],
    ['|au', []],
    ['a|u', []],
    ['graph |', []],
    ['"au|', []],
    ['x-au|', []],
    ['authors|', []],
    ['|', []],
  ])('offers fields at %j', (marked, fields) => {
    expect(labels(marked)).toEqual(fields);
  });

  it('offers no field that has no values', () => {
    expect(labels('to|')).toEqual([]);
    expect(labels('to|', { ...known, topics: indexValues(['graphs']) })).toEqual(['topic:']);
    const offered = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => labels(`${letter}|`, none));
    expect(offered).toEqual(['title:']);
  });

  it('replaces the typed beginning by the name', () => {
    expect(applied('graph -AU| x', 'author:')).toBe('graph -author:| x');
  });
});

describe('completionsAt a value', () => {
  it.each<[string, string[]]>([
    ['author:|', ['Gabriel García', 'Zoë Márquez', 'Ana Gabrielli', 'Li', 'O’Neil, Gar']],
    ['author:gar|', ['Gabriel García', 'O’Neil, Gar']],
    ['AUTHOR:MARQ|', ['Zoë Márquez']],
    ['author:zoe|', ['Zoë Márquez']],
    ['author:"gabriel gar|', ['Gabriel García']],
    ['author:neil|', ['O’Neil, Gar']],
    ['author:abriel|', []],
    ['author:🦘|', []],
    ['author:"Li"|', []],
    ['aut|hor:gar', []],
    ['tag:t|', ['to read', 'thesis', '“to” cite']],
    ['venue:|', []],
    ['title:g|', []],
    ['like:|', []],
    ['like:sle|', known.titles.values.slice()],
    ['like:"the long sleep of w|', known.titles.values.slice(3)],
    ['foo:g|', []],
    ['is:|', ['read', 'unread', 'starred']],
    ['-is:UN|', ['unread']],
    ['year:|', ['2023', '2022', '2020', '2019']],
    ['year:202|', ['2023', '2022', '2020']],
    ['year:2020..|', ['2020..2023', '2020..2022', '2020..2020']],
    ['year:2020–202|', ['2020..2023', '2020..2022', '2020..2020']],
    ['year:..2|', ['..2023', '..2022', '..2020', '..2019']],
    ['year:soon|', []],
  ])('offers at %j', (marked, values) => {
    expect(labels(marked)).toEqual(values);
  });

  it.each([
    ['author:gar|', 'Gabriel García', 'author:"Gabriel García" |'],
    ['author:l| graph', 'Li', 'author:Li |graph'],
    ['author:g|xyz graph', 'Gabriel García', 'author:"Gabriel García" |graph'],
    ['author:"gab|riel x" graph', 'Gabriel García', 'author:"Gabriel García" |graph'],
    ['author:"gab|riel graph', 'Gabriel García', 'author:"Gabriel García" |graph'],
    ['tag:ci|', '“to” cite', 'tag:"to cite" |'],
    ['year:2020..202|', '2020..2023', 'year:2020..2023 |'],
    ['like:sle|', 'Sleep', 'like:Sleep |'],
    [
      'like:wom|',
      'On the long sleep of wombats: an island of some burrows, without any bushes',
      'like:"On the long sleep of wombats: an island of some burrows," |',
    ],
    [
      'like:quok|',
      'On the long sleep of quokkas: an island of some burrows, without trees, part 2',
      'like:"On the long sleep of quokkas: an island of some burrows, without trees, part 2" |',
    ],
  ])('completes %j with %j', (marked, label, result) => {
    expect(applied(marked, label)).toBe(result);
  });

  it('offers at most the first eight, and nothing in a pasted text', () => {
    const many = { ...known, authors: indexValues(Array.from({ length: 50 }, (_, n) => `Wu ${n}`)) };
    expect(labels('author:wu|', many)).toEqual(Array.from({ length: 8 }, (_, n) => `Wu ${n}`));
    expect(labels(`${'x '.repeat(250)}author:wu|`, many)).toEqual([]);
  });

  it('leaves out values that no query can hold', () => {
    expect(indexValues(['', '“”', ' ', 'a']).values).toEqual(['a']);
  });

  it('offers those of 50,000 authors that a comparison with all finds', () => {
    const names = Array.from({ length: 50_000 }, (_, n) => `Author${n % 997} Né${n}`);
    const authors = indexValues(names);
    const prefix = 'ne4999';
    const expected = names.filter((name) =>
      foldText(name)
        .split(' ')
        .some((word) => word.startsWith(prefix)),
    );
    expect(labels(`author:${prefix}|`, { ...known, authors })).toEqual(expected.slice(0, 8));
  });
});

describe('a completion', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    operatorText,
    fc.constantFrom('Gabriel García', 'OR', '-x', 'year:2020'),
  );

  it('of a value is read as a clause of that field with that value', () => {
    let offered = 0;
    const fields = {
      author: 'authors',
      venue: 'venues',
      tag: 'tags',
      topic: 'topics',
      digest: 'digests',
    } as const;
    fc.assert(
      fc.property(
        fc.constantFrom('author', 'venue', 'tag', 'topic', 'digest'),
        fc.array(name, { minLength: 1, maxLength: 10 }),
        fc.constantFrom('', 'graph ', '"a b" -', 'a OR '),
        fc.constantFrom('', '"', '“a', 'o', 'x'),
        fc.constantFrom('', ' graph', ' is:new'),
        (field, names, before, typed, after) => {
          const values = { ...none, [fields[field]]: indexValues(names) };
          const text = `${before}${field}:${typed}`;
          for (const { insert, from, to, label } of completionsAt(text + after, text.length, values)) {
            const whole = text + after;
            const { clauses } = parseQuery(whole.slice(0, from) + insert + whole.slice(to));
            const terms = clauses.flatMap(({ anyOf }) => anyOf);
            expect(terms).toContainEqual({ kind: 'field', field, text: plainValue(label) });
            offered += 1;
          }
        },
      ),
    );
    expect(offered).toBeGreaterThan(100);
  });

  it('of a year or a state is read as that, anywhere in a text', () => {
    // no titles, as `like:is:` would be completed to one with a word that begins with "is"
    const all = { ...known, states: paperStates, titles: indexValues([]) };
    let offered = 0;
    fc.assert(
      fc.property(
        operatorText,
        fc.constantFrom('year:', ' year:', ' -YEAR:"', 'is:', ' is:', ' -is:“'),
        fc.constantFrom('', '20', '2020..', '..2', 'un', 's'),
        operatorText,
        (before, field, typed, after) => {
          const text = before + field + typed;
          for (const { insert, from, to, label } of completionsAt(text + after, text.length, all)) {
            expect(from <= text.length && text.length <= to && to <= text.length + after.length).toBe(true);
            const { clauses } = parseQuery((text + after).slice(0, from) + insert + (text + after).slice(to));
            const [expected] = parseQuery(`${/year/i.test(field) ? 'year' : 'is'}:${label}`).clauses;
            expect(clauses.flatMap(({ anyOf }) => anyOf)).toContainEqual(expected?.anyOf[0]);
            offered += 1;
          }
        },
      ),
    );
    expect(offered).toBeGreaterThan(50);
  });

  it('replaces text around the caret, at any position of any text', () => {
    fc.assert(
      fc.property(operatorText, fc.nat(), (text, position) => {
        const caret = position % (text.length + 1);
        for (const { from, to } of completionsAt(text, caret, known))
          expect(0 <= from && from <= caret && caret <= to && to <= text.length).toBe(true);
      }),
    );
  });
});
