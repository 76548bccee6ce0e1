import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeSpaced, measureByCharacter, setLabel, setTopicName } from './label-text';

const measure = (text: string) => [...text].length * 6;

describe('setLabel', () => {
  it('sets at most two lines, none wider than the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const { lines, widthPx } = setLabel(title, measure, 150);
        expect(lines.length).toBeLessThanOrEqual(2);
        expect(widthPx).toBeLessThanOrEqual(150);
      }),
    );
  });

  it('sets all of a title that fits, in two lines of nearly the same length', () => {
    expect(setLabel('Learning to rank papers quickly', measure, 150).lines).toEqual([
      'Learning to rank',
      'papers quickly',
    ]);
  });

  it('cuts a title that does not fit after a word, with an ellipsis', () => {
    const { lines } = setLabel(
      'An unreasonably long title about nothing that never comes to an end',
      measure,
      150,
    );
    expect(lines).toEqual(['An unreasonably long', 'title about nothing that…']);
  });

  it('cuts a single word that does not fit', () => {
    expect(setLabel('x'.repeat(80), measure, 60).lines).toEqual([`${'x'.repeat(9)}…`]);
  });
});

it('measures each character once and adds up the widths', () => {
  let calls = 0;
  const sum = measureByCharacter((character) => {
    calls++;
    return character === 'i' ? 2 : 5;
  });
  expect(sum('minimi')).toBe(5 + 2 + 5 + 2 + 5 + 2);
  expect(calls).toBe(3);
});

describe('setTopicName', () => {
  it('breaks between the parts of a name', () => {
    expect(setTopicName('Graph neural networks, molecules', measure, 150).lines).toEqual([
      'Graph neural networks,',
      'molecules',
    ]);
    expect(setTopicName('Speech, audio', measure, 150).lines).toEqual(['Speech, audio']);
  });

  it('breaks a part that is too long for a line', () => {
    const { lines } = setTopicName('Parameter-efficient fine-tuning of models, adapters', measure, 190);
    expect(lines).toEqual(['Parameter-efficient fine-tuning', 'of models, adapters']);
  });

  it('leaves out parts that do not fit, and cuts only the first', () => {
    const lines = (name: string) => setTopicName(name, measure, 150).lines;
    expect(lines('Click-through rate prediction, feature representations')).toEqual([
      'Click-through',
      'rate prediction',
    ]);
    expect(lines('Parsing, trees, context-free grammars, attributes of symbols')).toEqual([
      'Parsing, trees,',
      'context-free grammars',
    ]);
    expect(lines('An unreasonably long name of one part that never ends, parts')).toEqual([
      'An unreasonably long name',
      'of one part that never…',
    ]);
  });

  it('sets at most two lines, none wider than the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 4 }), (parts) => {
        const { lines, widthPx } = setTopicName(parts.join(', '), measure, 150);
        expect(lines.length).toBeLessThanOrEqual(2);
        expect(widthPx).toBeLessThanOrEqual(150);
      }),
    );
  });
});

it('spaces separate letters, and none that join or carry combining marks', () => {
  for (const text of ['graph neural networks, 3D', 'Überblick', 'графы', '图神经网络'])
    expect(canBeSpaced(text)).toBe(true);
  for (const text of ['شبكات', 'नेटवर्क', 'u\u0308ber']) expect(canBeSpaced(text)).toBe(false);
});
