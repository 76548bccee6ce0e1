/** What tabs tell each other of, and never what it is: anyone on this origin may send a message. */
type Subject = 'library' | 'annotations';

export interface OtherTabs {
  /** It has been changed here. */
  notify(): void;
  /** It has been changed there. */
  listen(onChange: () => void): void;
}

export function otherTabs(subject: Subject): OtherTabs {
  const channel = new BroadcastChannel(`digest-atlas-${subject}`);
  return {
    notify: () => channel.postMessage(null),
    listen: (onChange) => channel.addEventListener('message', () => onChange()),
  };
}
