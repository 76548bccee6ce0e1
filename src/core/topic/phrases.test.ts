import fc from 'fast-check';
import { stemmer } from 'stemmer';
import { describe, expect, it } from 'vitest';
import { anyQueryText } from '../search/fixtures/query-texts';
import { stopWords } from '../vector/stop-words';
import { runToEnd } from '../async/slices';
import { findPhrases, type Phrase } from './phrases';

type Text = readonly [title: string, abstract?: string];

function phrasesOf(texts: readonly Text[], minRows = 1): Phrase[] {
  return runToEnd(
    findPhrases(
      texts.map(([title, abstract = '']) => ({ title, abstract })),
      minRows,
    ),
  );
}

const textsOf = (phrases: readonly Phrase[]) => phrases.map(({ text }) => text).sort();
const keyOf = ({ stems }: Phrase) => stems.join(' ');

describe('phrases', () => {
  it('are runs of up to three words', () => {
    const ends = 'Quokkas; quokkas hop; quokkas hop wombats; hop; hop wombats; wombats';
    const title: Text = ['Quokkas hop wombats sleep', ends];
    expect(textsOf(phrasesOf([title, title]))).toEqual([
      ...['hop', 'hop wombats', 'hop wombats sleep', 'quokkas', 'quokkas hop', 'quokkas hop wombats'],
      ...['sleep', 'wombats', 'wombats sleep'],
    ]);
  });

  it('exclude those that are nearly always followed by a word, and adjectives', () => {
    const followed = (times: number): Text => [
      'Minimally invasive',
      'minimally invasive surgery. '.repeat(times),
    ];
    const title = 'Minimally invasive surgery';
    expect(textsOf(phrasesOf([followed(3), [title]]))).toContain('minimally invasive');
    expect(textsOf(phrasesOf([followed(4), [title]]))).not.toContain('minimally invasive');
    expect(textsOf(phrasesOf(new Array<Text>(2).fill(['Explainable, quokka tables, compatible'])))).toEqual([
      ...['quokka tables', 'tables'],
    ]);
  });

  it('exclude a single word of one title, even if it occurs twice', () => {
    expect(textsOf(phrasesOf([['Quokkas, quokkas'], ['Wombats'], ['Wombats']]))).toEqual(['wombats']);
  });

  it('end at stop words and at punctuation, and not at hyphens', () => {
    const title: Text = ['Quokkas of wombats: numbats, multi-scale bilbies (potoroos)'];
    expect(textsOf(phrasesOf([title, title])).filter((text) => text.includes(' '))).toEqual([
      'multi-scale bilbies',
    ]);
  });

  it('come from titles only', () => {
    const phrases = phrasesOf([
      ['Quokkas hop', 'Wombats sleep. Quokkas hop away.'],
      ['Notes', 'Wombats sleep, and quokkas hop.'],
    ]);
    expect(phrases.find(({ text }) => text === 'quokkas hop')?.rows).toEqual(Int32Array.of(0, 1));
    expect(textsOf(phrases).some((text) => text.includes('wombats'))).toBe(false);
  });

  it('exclude single words of one title, and vague words', () => {
    expect(textsOf(phrasesOf([['Quokkas hop']]))).toEqual(['quokkas hop']);
    const vague: Text = ['Learning algorithms, large datasets, deep learning'];
    expect(textsOf(phrasesOf([vague, vague]))).toEqual(['deep learning']);
  });

  it('have the papers that a naive count finds, each once', () => {
    const words = ['quokka', 'quokkas', 'wombat', 'wombats', 'hopping', 'of', 'sleepers', 'learning'];
    const runOf = (length: number) =>
      fc.array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ', ', ' (')), { maxLength: length });
    const textOf = (length: number) => runOf(length).map((parts) => parts.flat().join(''));
    const texts = fc.array(fc.tuple(textOf(5), textOf(9)), { maxLength: 8 });

    const runsOf = (text: string) =>
      text.split(/[,(]/).flatMap((part) => {
        const runs: string[][] = [[]];
        for (const word of part.split(' ').filter(Boolean)) {
          if (stopWords.has(word)) runs.push([]);
          else runs.at(-1)?.push(stemmer(word));
        }
        return runs;
      });
    const gramsOf = (text: string) =>
      runsOf(text).flatMap((run) =>
        [1, 2, 3].flatMap((length) =>
          run.slice(length - 1).map((_, from) => run.slice(from, from + length).join(' ')),
        ),
      );
    const endsOf = (text: string, gram: string) =>
      runsOf(text).filter((run) => ` ${run.join(' ')}`.endsWith(` ${gram}`)).length;

    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 3 }), (texts, minRows) => {
        const expected = new Map<string, number[]>();
        for (const gram of texts.flatMap(([title]) => gramsOf(title))) {
          const rows = [...texts.keys()].filter((row) =>
            texts[row]?.some((text) => gramsOf(text).includes(gram)),
          );
          const titles = texts.filter(([title]) => gramsOf(title).includes(gram)).length;
          const all = texts.flat();
          const times = all.flatMap(gramsOf).filter((other) => other === gram).length;
          const ends = all.reduce((sum, text) => sum + endsOf(text, gram), 0);
          if (ends < 0.2 * times) continue;
          const isVague = gram.split(' ').every((stem) => stem === stemmer('learning'));
          const isIncluded = !isVague && (gram.includes(' ') || titles > 1);
          if (isIncluded && rows.length >= minRows) expected.set(gram, rows);
        }
        const phrases = phrasesOf(texts, minRows);
        expect(new Map(phrases.map((phrase) => [keyOf(phrase), [...phrase.rows]]))).toEqual(expected);
        expect(phrases).toHaveLength(expected.size);
      }),
    );
  });

  it('are well formed for formulas and any other text', () => {
    const any = fc.oneof(
      anyQueryText,
      fc.constantFrom('$\\alpha$-stable $k$NN', '$$x^{2}', '\\(E=mc^2\\) and $\\mathcal{O}(n)$ bounds'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(any, any), { maxLength: 6 }), (texts) => {
        const phrases = phrasesOf([...texts, ...texts]);
        expect(new Set(phrases.map(keyOf)).size).toBe(phrases.length);
        for (const { stems, text, rows } of phrases) {
          expect(text).not.toBe('');
          expect(text.split(' ')).toHaveLength(stems.length);
          expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
        }
      }),
    );
  });
});

describe('the spelling of a phrase', () => {
  const spellingOf = (key: string, texts: readonly Text[]) =>
    phrasesOf(texts)
      .filter((phrase) => keyOf(phrase) === key.split(' ').map(stemmer).join(' '))
      .map(({ text }) => text);

  it('is the more frequent of singular and plural', () => {
    const texts = (many: string, few: string): Text[] => [
      [`On ${many}`, `We like ${many}.`],
      [`With ${few}`, `So do ${many}.`],
    ];
    expect(spellingOf('spiking neuron', texts('spiking neurons', 'spiking neuron'))).toEqual([
      'spiking neurons',
    ]);
    expect(spellingOf('spiking neuron', texts('spiking neuron', 'spiking neurons'))).toEqual([
      'spiking neuron',
    ]);
  });

  it('is the most frequent one, whatever the capitals of titles', () => {
    const texts: Text[] = [
      ...new Array<Text>(2).fill(['Spiking Neurons', 'We like spiking neurons.']),
      ...new Array<Text>(3).fill(['On the spiking neuron']),
    ];
    expect(spellingOf('spiking neuron', texts)).toEqual(['spiking neurons']);
  });

  it('is the same for two spellings of a stem', () => {
    const phrases = phrasesOf([['Spiking neurons'], ['Spiking neuron']]);
    expect(phrases.filter(({ text }) => text.startsWith('spiking neuron'))).toMatchObject([
      { rows: Int32Array.of(0, 1) },
    ]);
  });

  it('keeps the capitals of abbreviations and proper nouns, not of the first word of a sentence', () => {
    const paper: Text = [
      'Bayesian GANs on BERT Attention',
      'Attention is here. The Bayesian GANs and their attention.',
    ];
    const texts = textsOf(phrasesOf([paper, paper, paper]));
    expect(texts).toContain('Bayesian GANs');
    expect(texts).toContain('BERT attention');
  });

  it('drops the possessive ending', () => {
    const paper: Text = ['Quokka’s burrows'];
    expect(textsOf(phrasesOf([paper, paper]))).toEqual(['burrows', 'quokka burrows']);
  });
});
