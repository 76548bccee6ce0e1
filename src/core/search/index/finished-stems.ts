import { stemmer } from 'stemmer';

const suffixes = (
  's ed ing ings er ers est ly ion ions ation ations ization izations ational ity ities al ally ical ically ment ' +
  'ments ness ive ively able ably ous ously ance ence ies ied ist ism'
).split(' ');
const shortestStart = 4;

/**
 * Stems of the words that a beginning may become and that do not begin with it themselves: of `learnin`, which is on
 * its way to `learning`, `learn`. Without them the results of `optimization`, whose stem is `optim`, would be gone from
 * the sixth letter to the last but one. What is the stem of no word is among them too.
 */
export function finishedStems(typed: string): string[] {
  if (typed.length < shortestStart || !/^[a-z]+$/.test(typed)) return [];
  const stems = new Set<string>();
  for (const suffix of suffixes) {
    for (let at = 0; at < suffix.length; at++) {
      if (typed.endsWith(suffix.slice(0, at))) stems.add(stemmer(typed + suffix.slice(at)));
    }
  }
  return [...stems].filter((stem) => stem.length > 1 && !stem.startsWith(typed));
}
