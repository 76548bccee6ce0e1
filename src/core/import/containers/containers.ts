import type { Container } from './container';
import { gzip } from './gzip';
import { mail } from './mail';
import { mbox } from './mbox';
import { zip } from './zip';

/** Mailboxes before mails: no mail begins like a mailbox. Mails last, as they may hold text of any format. */
const containersInOrder: readonly Container[] = [zip, gzip, mbox, mail];

export const containerNames: readonly string[] = containersInOrder.map(({ name }) => name);

/** The container that fits the bytes, or null. `head`: their beginning as text. */
export function containerOf(bytes: Uint8Array, head: string): Container | null {
  return containersInOrder.find((container) => container.fits(bytes, head)) ?? null;
}
