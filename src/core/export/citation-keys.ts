import { hashText } from '../paper/hash';
import { familyName } from '../paper/identity';
import type { ExportedPaper } from './export';

/** Words that begin many titles and tell none apart. */
const fillers = new Set(
  (
    'a an the on of for from in into to towards toward with without and or by at as via is are be do does can how what ' +
    'why when where which who der die das ein eine le la les un une el los las'
  ).split(' '),
);

/** Letters that have no accent to remove. */
const foldedLetters: Record<string, string> = {
  ...{ ß: 'ss', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', æ: 'ae', œ: 'oe', ı: 'i', ŋ: 'ng', ħ: 'h' },
};

/** Longest part of a title that is examined for a word, in characters. */
const examinedLength = 200;
const hashLengths = [4, 8, 32];

/**
 * A citation key for each paper, all different, in the order of the papers: family name, year and first significant word
 * of the title in ASCII, as `marquez2026reeds`. Papers that would share a key all get the beginning of a hash of their
 * id, so that no key depends on the order of the list or on which of them is first.
 */
export function citationKeys(papers: readonly ExportedPaper[]): string[] {
  const plain = papers.map(plainKey);
  const shared = sharedKeys(plain);
  if (shared.size === 0) return plain;
  const hashes = papers.map(({ id }, index) => (shared.has(plain[index] ?? '') ? hashText(id) : ''));
  let keys = plain;
  let left = shared;
  for (const length of hashLengths) {
    keys = keys.map((key, index) =>
      left.has(key) ? `${plain[index] ?? ''}-${hashes[index]?.slice(0, length) ?? ''}` : key,
    );
    left = sharedKeys(keys);
    if (left.size === 0) return keys;
  }
  // Only a paper that is twice in the list is left.
  const counts = new Map<string, number>();
  return keys.map((key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key}-${count}`;
  });
}

function sharedKeys(keys: readonly string[]): Set<string> {
  const known = new Set<string>();
  const shared = new Set<string>();
  for (const key of keys) {
    if (known.has(key)) shared.add(key);
    known.add(key);
  }
  return shared;
}

function plainKey({ authors, date, title }: ExportedPaper): string {
  const author = ascii(familyName(authors[0] ?? '')).replaceAll(' ', '');
  const key = `${author || 'anonymous'}${date?.slice(0, 4) ?? ''}${significantWord(title)}`;
  return key.slice(0, 80);
}

function significantWord(title: string): string {
  const prose = title
    .slice(0, examinedLength)
    .replace(/\$[^$]*\$/g, ' ')
    .replaceAll(/['’]/g, '');
  const words = ascii(prose).split(' ');
  return words.find((word) => word !== '' && !fillers.has(word)) ?? '';
}

/** Lower case letters and digits, separated by single blanks. */
function ascii(text: string): string {
  const lower = text.toLowerCase();
  const plain = /[^ -~]/.test(lower)
    ? lower
        .replace(/[ßøđðþłæœıŋħ]/g, (letter) => foldedLetters[letter] ?? letter)
        .normalize('NFKD')
        .replace(/\p{Mark}+/gu, '')
    : lower;
  return plain.replace(/[^a-z0-9]+/g, ' ').trim();
}
