import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { cleanText } from '../../paper/text/clean';
import { parseDate } from '../../paper/date';
import type { Problem } from '../../paper/paper';
import { decodeText, type DecodeBytes } from '../decode';
import { detect } from '../detect';
import type { Container, Opened, Opening, Piece } from './container';
import { bodiesOf } from './mail-bodies';
import { isMail, isMime } from './mail-head';
import { withLineFeeds } from './line-feeds';

/** One message with all that hangs on it (RFC 5322, MIME). */
export const mail: Container = {
  id: 'mail',
  name: 'mail (EML)',
  label: () => 'mail',
  // A listing that was saved without its wrapping is read with its head, which dates it.
  fits: (_, head) => isMail(head) && (isMime(head) || !isListing(head)),
  open: openMail,
};

/** postal-mime limits the nesting of parts by itself; a message in a message is a part by itself. */
const OPTIONS = { maxNestingDepth: 32, forceRfc822Attachments: true };
const DECLARED_WITHIN_BYTES = 65_536;
const FORWARDED = /^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+/i;

async function openMail(bytes: Uint8Array, { decode }: Opening): Promise<Opened> {
  const { source, problem } = readable(bytes, decode);
  let email: Email;
  try {
    email = await PostalMime.parse(source, OPTIONS);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown fault';
    return { pieces: [{ problem: { where: 'file', why: `The mail cannot be taken apart: ${reason}.` } }] };
  }
  const name = cleanText(email.subject ?? '').replace(FORWARDED, '');
  // Not postal-mime's own date, which is in another zone and may be of another day.
  const date = parseDate(cleanText(email.headers.find(({ key }) => key === 'date')?.value ?? ''));
  return {
    ...(name === '' ? {} : { name }),
    ...(date === null ? {} : { date }),
    pieces: [...(problem === undefined ? [] : [{ problem }]), ...bodyOf(email), ...attachmentsOf(email)],
  };
}

/** Undeclared text is UTF-8 to postal-mime. What is neither is read as other files are. */
function readable(
  bytes: Uint8Array,
  decode: DecodeBytes,
): { source: Uint8Array | string; problem?: Problem } {
  const source = withLineFeeds(bytes);
  const head = decode(source.subarray(0, DECLARED_WITHIN_BYTES), 'windows-1252', false);
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
    .filter((attachment) => !isOrnament(attachment))
    .map((attachment, index): Piece => {
      const { filename, mimeType, content } = attachment;
      const name = cleanText(filename ?? '').slice(0, 200) || `attachment ${index + 1}`;
      const part = { name, content: typeof content === 'string' ? [content] : new Uint8Array(content) };
      return mimeType === 'message/rfc822' ? { ...part, container: mail } : part;
    });
}

/** What the text is dressed with, forms of it for some programs only, and what mail systems add for each other. */
const ORNAMENT =
  /^(?:image|font|audio|video)\/|^text\/(?:calendar|css|enriched|javascript|x-amp-html|x-watch-html)$|^message\/delivery|^application\/(?:ics$|javascript$|pgp|pkcs7|x-pkcs7)/;

function isOrnament({ mimeType, related }: Attachment): boolean {
  return related === true || ORNAMENT.test(mimeType);
}

function isListing(head: string): boolean {
  const detection = detect(head);
  return detection.kind === 'format' && detection.format.id === 'arxiv-mail';
}
