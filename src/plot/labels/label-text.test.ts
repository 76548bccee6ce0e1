import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeSpaced, measureByCharacter, setLabel, setTopicName } from './label-text';

const measure = (text: string) => [...text].length * 6;

describe('setLabel', () => {
  it('sets two lines at most, none wider than the measure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        const { lines, widthPx } = setLabel(title, measure, 150);
        expect(lines.length).toBeLessThanOrEqual(2);
        expect(widthPx).toBeLessThanOrEqual(150);
      }),
    );
  });

  it('keeps every word of a title that has room, in two lines of nearly one length', () => {
    expect(setLabel('Learning to rank papers quickly', measure, 150).lines).toEqual([
      'Learning to rank',
      'papers quickly',
    ]);
  });

  it('ends a title that has no room in an ellipsis, at a word', () => {
    const { lines } = setLabel(
      'An unreasonably long title about nothing that never comes to an end',
      measure,
      150,
    );
    expect(lines).toEqual(['An unreasonably long', 'title about nothing that…']);
  });

  it('cuts a single word that has no room', () => {
    expect(setLabel('x'.repeat(80), measure, 60).lines).toEqual([`${'x'.repeat(9)}…`]);
  });
});

it('measures each character once and sums them', () => {
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

  it('leaves a part out before it would be cut, and cuts the first alone', () => {
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

  it('sets two lines at most, none wider than the measure', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 4 }), (parts) => {
        const { lines, widthPx } = setTopicName(parts.join(', '), measure, 150);
        expect(lines.length).toBeLessThanOrEqual(2);
        expect(widthPx).toBeLessThanOrEqual(150);
      }),
    );
  });
});

it('parts letters that stand alone, and none that join or carry marks', () => {
  for (const text of ['graph neural networks, 3D', 'Überblick', 'графы', '图神经网络'])
    expect(canBeSpaced(text)).toBe(true);
  for (const text of ['شبكات', 'नेटवर्क', 'u\u0308ber']) expect(canBeSpaced(text)).toBe(false);
});
