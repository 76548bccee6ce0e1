/** Words of links that lead to a paper and do not name it. */
const WEAK = new Set(
  (
    'read see view get open go to download continue full the this our their new original more on at in here link links ' +
    'pdf html abs abstract doi arxiv org www http https preprint paper papers article text study work source code github ' +
    'project page website detail details reading hugging face huggingface hf alphaxiv scholar discuss comment comments ' +
    'share save tweet bookmark listen upvote upvotes like likes cite bibtex version'
  ).split(' '),
);
const MAX_ID = 2_100;
const ID =
  /^[([{]?(?:arxiv:? ?|doi:? ?)?(?:\d{4}\.\d{4,6}(?:v\d+)?|[a-z-]{2,20}(?:\.[a-z]{2})?\/\d{7}(?:v\d+)?|10\.\d{4,9}\/\S{1,200}|https?:\/\/\S{1,2000}|(?:www\.)?(?:arxiv|doi)\.org\S{0,200})[)\]}]?$/i;
const MAX_WEAK = 60;

/** The text of a link that says where it leads, and not what stands there: an id, "PDF", "Read more →", nothing. */
export function isWeakTitle(text: string): boolean {
  if (text.length > MAX_ID) return false;
  const words = trimmed(text);
  return ID.test(words) || !/\p{Letter}{3}/u.test(words) || isButtons(words);
}

function isButtons(text: string): boolean {
  if (text.length > MAX_WEAK) return false;
  const words = text.toLowerCase().split(/[^\p{Letter}\p{Number}]+/u);
  return words.every((word) => word === '' || WEAK.has(word) || /^v?\d+$/.test(word));
}

const MAX_FOOTER = 400;
const FOOTER =
  /\bunsubscribe\b|\bview (?:it |this |in )+(?:your )?browser\b|\b(?:manage|update|change) (?:your |my )?(?:\w+ )?(?:preferences|subscription|profile|settings)\b|\byou(?:'re| are|’re) receiving (?:this|these)\b|\bforward(?:ed)? (?:this|to a)\b|\bprivacy policy\b|\ball rights reserved\b|^©|\bterms of (?:use|service)\b/i;

/** What stands at the end of a mail, and at its beginning. */
export function isFooter(text: string): boolean {
  return text.length <= MAX_FOOTER && FOOTER.test(text);
}

/** The text without lines that hold nothing but buttons: "PDF | Code | 12 comments". */
export function withoutButtons(text: string): string {
  const lines = text.split('\n').map(trimmed);
  return lines.filter((line) => line !== '' && !isButtons(line)).join('\n');
}

/** Brackets of buttons stand round links: the text before one ends with a bracket that opens, the text after begins with its end. */
const OPENING = new Set(' )]}|·•→»');
const CLOSING = new Set(' ([{|·•→»');

/** Without the signs that stand between buttons. By hand: a pattern tried at each place of a long run takes its square. */
function trimmed(text: string): string {
  const closed = Math.max(...[')', ']', '}'].map((bracket) => text.lastIndexOf(bracket)));
  let start = 0;
  let end = text.length;
  while (start < end && (OPENING.has(text.charAt(start)) || isNeverClosed(start))) start += 1;
  while (end > start && CLOSING.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);

  function isNeverClosed(index: number): boolean {
    return index > closed && '([{'.includes(text.charAt(index));
  }
}
