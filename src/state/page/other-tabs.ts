/** What tabs tell each other of, and never what it is: anyone on this origin may send a message. */
type Subject = 'library' | 'annotations';

export interface OtherTabs {
  /** It has been changed here. */
  tell(): void;
  /** It has been changed there. */
  listen(onChange: () => void): void;
}

export function otherTabs(subject: Subject): OtherTabs {
  const channel = new BroadcastChannel(`digest-atlas-${subject}`);
  return {
    tell: () => channel.postMessage(null),
    listen: (onChange) => channel.addEventListener('message', () => onChange()),
  };
}
