/**
 * What a page asks of its service worker. `skip-waiting`: take over from the version before. `store-code`: look whether
 * all code is in the cache and fetch what is missing; the reply comes through the port of the message.
 */
export interface ServiceWorkerMessage {
  type: 'skip-waiting' | 'store-code';
}

export interface CodeIsStored {
  isStored: boolean;
}

export function isMessage(message: unknown, type: ServiceWorkerMessage['type']): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === type;
}
