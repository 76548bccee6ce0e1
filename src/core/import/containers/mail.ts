import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { cleanText } from '../../paper/text/clean';
import { parseDate } from '../../paper/date';
import type { Problem } from '../../paper/paper';
import { decodeText, type DecodeBytes } from '../decode';
import { detect } from '../detect';
import type { Container, OpenedContainer, OpenOptions, Piece } from './container';
import { bodiesOf } from './mail-bodies';
import { isMail, isMime } from './mail-head';
import { withLineFeeds } from './line-feeds';

/** One message with its attachments (RFC 5322, MIME). */
export const mail: Container = {
  id: 'mail',
  name: 'mail (EML)',
  label: () => 'mail',
  // A listing saved as plain text is read together with its headers, which hold its date.
  fits: (_, head) => isMail(head) && (isMime(head) || !isListing(head)),
  open: openMail,
};

/** postal-mime enforces the limit on nesting. An attached message becomes a piece of its own. */
const postalMimeOptions = { maxNestingDepth: 32, forceRfc822Attachments: true };
const charsetSearchBytes = 65_536;
const forwardedPrefixPattern = /^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+/i;

async function openMail(bytes: Uint8Array, { decode }: OpenOptions): Promise<OpenedContainer> {
  const { source, problem } = readable(bytes, decode);
  let email: Email;
  try {
    email = await PostalMime.parse(source, postalMimeOptions);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown fault';
    return { pieces: [{ problem: { where: 'file', why: `The mail cannot be parsed: ${reason}.` } }] };
  }
  const name = cleanText(email.subject ?? '').replace(forwardedPrefixPattern, '');
  // Not postal-mime's own date: it is converted to another time zone, so the day may differ.
  const date = parseDate(cleanText(email.headers.find(({ key }) => key === 'date')?.value ?? ''));
  return {
    ...(name === '' ? {} : { name }),
    ...(date === null ? {} : { date }),
    pieces: [...(problem === undefined ? [] : [{ problem }]), ...bodyOf(email), ...attachmentsOf(email)],
  };
}

/** postal-mime reads text without a declared charset as UTF-8. Other text is decoded like that of other files. */
function readable(
  bytes: Uint8Array,
  decode: DecodeBytes,
): { source: Uint8Array | string; problem?: Problem } {
  const source = withLineFeeds(bytes);
  const head = decode(source.subarray(0, charsetSearchBytes), 'windows-1252', false);
  if (/charset/i.test(head)) return { source };
  const { text, problem } = decodeText(source, decode);
  return problem === undefined ? { source } : { source: text, problem };
}

function bodyOf(email: Email): Piece[] {
  const bodies = bodiesOf(email);
  return bodies.length === 0 ? [] : [{ name: '', content: bodies }];
}

function attachmentsOf({ attachments }: Email): Piece[] {
  return attachments
    .filter((attachment) => !isIgnored(attachment))
    .map((attachment, index): Piece => {
      const { filename, mimeType, content } = attachment;
      const name = cleanText(filename ?? '').slice(0, 200) || `attachment ${index + 1}`;
      const part = { name, content: typeof content === 'string' ? [content] : new Uint8Array(content) };
      return mimeType === 'message/rfc822' ? { ...part, container: mail } : part;
    });
}

/** Attachments without papers: images and styles, forms of the text for certain programs, data for mail systems. */
const ignoredTypePattern =
  /^(?:image|font|audio|video)\/|^text\/(?:calendar|css|enriched|javascript|x-amp-html|x-watch-html)$|^message\/delivery|^application\/(?:ics$|javascript$|pgp|pkcs7|x-pkcs7)/;

function isIgnored({ mimeType, related }: Attachment): boolean {
  return related === true || ignoredTypePattern.test(mimeType);
}

function isListing(head: string): boolean {
  const detection = detect(head);
  return detection.kind === 'format' && detection.format.id === 'arxiv-mail';
}
