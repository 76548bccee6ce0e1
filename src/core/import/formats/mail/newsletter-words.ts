/** Words of links that lead to a paper without naming it. */
const weakWords = new Set(
  (
    'read see view get open go to download continue full the this our their new original more on at in here link links ' +
    'pdf html abs abstract doi arxiv org www http https preprint paper papers article text study work source code github ' +
    'project page website detail details reading hugging face huggingface hf alphaxiv scholar discuss comment comments ' +
    'share save tweet bookmark listen upvote upvotes like likes cite bibtex version'
  ).split(' '),
);
const maxIdLength = 2_100;
const idPattern =
  /^[([{]?(?:arxiv:? ?|doi:? ?)?(?:\d{4}\.\d{4,6}(?:v\d+)?|[a-z-]{2,20}(?:\.[a-z]{2})?\/\d{7}(?:v\d+)?|10\.\d{4,9}\/\S{1,200}|https?:\/\/\S{1,2000}|(?:www\.)?(?:arxiv|doi)\.org\S{0,200})[)\]}]?$/i;
const maxWeakLength = 60;

/** Is the text of a link no title, but an id, "PDF", "Read more →" or nothing? */
export function isWeakTitle(text: string): boolean {
  if (text.length > maxIdLength) return false;
  const words = trimmed(text);
  return idPattern.test(words) || !/\p{Letter}{3}/u.test(words) || isButtons(words);
}

function isButtons(text: string): boolean {
  if (text.length > maxWeakLength) return false;
  const words = text.toLowerCase().split(/[^\p{Letter}\p{Number}]+/u);
  return words.every((word) => word === '' || weakWords.has(word) || /^v?\d+$/.test(word));
}

const maxFooterLength = 400;
const footerPattern =
  /\bunsubscribe\b|\bview (?:it |this |in )+(?:your )?browser\b|\b(?:manage|update|change) (?:your |my )?(?:\w+ )?(?:preferences|subscription|profile|settings)\b|\byou(?:'re| are|’re) receiving (?:this|these)\b|\bforward(?:ed)? (?:this|to a)\b|\bprivacy policy\b|\ball rights reserved\b|^©|\bterms of (?:use|service)\b/i;

/** Is it the boilerplate at the end or the beginning of a mail? */
export function isFooter(text: string): boolean {
  return text.length <= maxFooterLength && footerPattern.test(text);
}

/** The text without lines of only buttons: "PDF | Code | 12 comments". */
export function withoutButtons(text: string): string {
  const lines = text.split('\n').map(trimmed);
  return lines.filter((line) => line !== '' && !isButtons(line)).join('\n');
}

/** Buttons have brackets around their links: the text before ends with an opening one, the text after begins with a closing one. */
const leadingCharacters = new Set(' )]}|·•→»');
const trailingCharacters = new Set(' ([{|·•→»');

/** Trims the characters between buttons. Not by a pattern, which takes quadratic time on a long run of them. */
function trimmed(text: string): string {
  const closed = Math.max(...[')', ']', '}'].map((bracket) => text.lastIndexOf(bracket)));
  let start = 0;
  let end = text.length;
  while (start < end && (leadingCharacters.has(text.charAt(start)) || isUnclosed(start))) start += 1;
  while (end > start && trailingCharacters.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);

  function isUnclosed(index: number): boolean {
    return index > closed && '([{'.includes(text.charAt(index));
  }
}
