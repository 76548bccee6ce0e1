import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { cleanText } from '../../paper/clean';
import { parseDate } from '../../paper/date';
import { detect } from '../detect';
import type { Container, Opened, Piece } from './container';
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
const FORWARDED = /^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+/i;

async function openMail(bytes: Uint8Array): Promise<Opened> {
  let email: Email;
  try {
    email = await PostalMime.parse(withLineFeeds(bytes), OPTIONS);
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
    pieces: [...bodyOf(email), ...attachmentsOf(email)],
  };
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

/** Pictures of the text, and what mail systems add for each other. */
function isOrnament({ mimeType, related }: Attachment): boolean {
  return (
    related === true ||
    /^(?:image\/|text\/calendar$|message\/delivery|application\/(?:pgp|pkcs7|x-pkcs7|ics))/.test(mimeType)
  );
}

function isListing(head: string): boolean {
  const detection = detect(head);
  return detection.kind === 'format' && detection.format.id === 'arxiv-mail';
}
