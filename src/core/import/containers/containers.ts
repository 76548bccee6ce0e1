import type { Container } from './container';
import { gzip } from './gzip';
import { mail } from './mail';
import { mbox } from './mbox';
import { zip } from './zip';

/** A mailbox begins as no mail does, and a mail may hold text of any format. */
const ORDER: readonly Container[] = [zip, gzip, mbox, mail];

export const containerNames: readonly string[] = ORDER.map(({ name }) => name);

/** The container that the bytes are. `head`: their beginning as text. */
export function containerOf(bytes: Uint8Array, head: string): Container | null {
  return ORDER.find((container) => container.fits(bytes, head)) ?? null;
}
