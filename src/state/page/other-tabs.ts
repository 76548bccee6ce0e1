/** What changed; the message never carries the change itself, because anyone on this origin may send a message. */
type Subject = 'library' | 'annotations';

export interface OtherTabs {
  /** Notifies the other tabs that it has been changed here. */
  notify(): void;
  /** Calls `onChange` when another tab has changed it. */
  listen(onChange: () => void): void;
}

export function otherTabs(subject: Subject): OtherTabs {
  const channel = new BroadcastChannel(`digest-atlas-${subject}`);
  return {
    notify: () => channel.postMessage(null),
    listen: (onChange) => channel.addEventListener('message', () => onChange()),
  };
}
