import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, splitNames } from './names';

describe('displayName', () => {
  it.each([
    ['Márquez, Zoë', 'Zoë Márquez'],
    ['Zoë Márquez', 'Zoë Márquez'],
    ["O'Brien, Jr, Wei", "Wei O'Brien Jr"],
    ["O'Brien, Wei, Jr.", "Wei O'Brien Jr."],
    ["Wei O'Brien, III", "Wei O'Brien III"],
    ['van der Berg,\n  Jan', 'Jan van der Berg'],
    ['{van der Berg, Sons}, Jan', 'Jan van der Berg, Sons'],
    ['{The ABCD, and EFG Collaboration}', 'The ABCD, and EFG Collaboration'],
    [String.raw`{\"O}zg{\"u}r, Ay{\c{s}}e`, String.raw`Ay{\c{s}}e {\"O}zg{\"u}r`],
    ['{A} and {B}', '{A} and {B}'],
    ['Family,', 'Family'],
    ['', ''],
  ])('gives the display name of %s', (name, written) => {
    expect(displayName(name)).toBe(written);
  });
});

describe('splitNames', () => {
  it('splits BibTeX’s lists at "and" outside braces', () => {
    const list =
      'Márquez, Zo{\\"e} and O\'Brien, Jr, Wei AND\n {The ABCD and EFG Collaboration} and Anders Andersen and others';
    expect(splitNames(list, 'and')).toEqual([
      'Márquez, Zo{\\"e}',
      "O'Brien, Jr, Wei",
      '{The ABCD and EFG Collaboration}',
      'Anders Andersen',
    ]);
  });

  it('splits running text, and drops affiliations however they are nested', () => {
    const list =
      "Zo\\\"e M\\'arquez (1), Wei O'Brien, Jr (1 and 2), and Jan van der Berg ((1)\n  University of Nowhere, (2) Institute X)";
    expect(splitNames(list, 'comma')).toEqual(['Zo\\"e M\\\'arquez', "Wei O'Brien Jr", 'Jan van der Berg']);
  });

  it('includes the groups on whose behalf people write', () => {
    expect(splitNames('ABCD Collaboration: A. Bee, C. Dee', 'comma')).toEqual([
      'ABCD Collaboration',
      'A. Bee',
      'C. Dee',
    ]);
    expect(splitNames('A. Bee, C. Dee, for the ABCD Collaboration', 'comma')).toEqual([
      'A. Bee',
      'C. Dee',
      'ABCD Collaboration',
    ]);
  });

  it('splits at semicolons', () => {
    expect(splitNames('Márquez, Zoë; van der Berg, Jan;; et al.', 'semicolon')).toEqual([
      'Márquez, Zoë',
      'van der Berg, Jan',
    ]);
  });

  it.each([
    ['A {Bee and C Dee and E Eff', ['A {Bee', 'C Dee', 'E Eff']],
    ['A Bee) and C Dee', ['A Bee)', 'C Dee']],
    [String.raw`A \{ Bee and C Dee`, [String.raw`A \{ Bee`, 'C Dee']],
  ])('does not let a stray bracket join the names in %j', (list, names) => {
    expect(splitNames(list, 'and')).toEqual(names);
  });

  it('loses no name of a well-formed list', () => {
    const name = fc
      .stringMatching(/^[A-Z][a-z]{1,8}(?: [A-Z][a-z]{1,8}){1,2}$/)
      .filter((each) => !/\band\b/i.test(each));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), (names) => {
        expect(splitNames(names.join(' and '), 'and')).toEqual(names);
        expect(splitNames(names.join('; '), 'semicolon')).toEqual(names);
        expect(splitNames(names.join(', '), 'comma')).toEqual(names);
      }),
    );
  });

  it.each(['{', '(', ')', ',', ' and', '\\', 'A, ', '(A) '])('takes 50,000 times %j', (piece) => {
    const list = piece.repeat(50_000);
    for (const separator of ['and', 'comma', 'semicolon'] as const) {
      expect(splitNames(list, separator).join('').length).toBeLessThanOrEqual(list.length);
    }
    expect(displayName(list).length).toBeLessThanOrEqual(list.length);
  });
});
