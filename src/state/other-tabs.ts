const channelName = 'digest-atlas-library';

export interface OtherTabs {
  /** The library has been changed here. */
  tell(): void;
  /** It has been changed there. What the message says is not looked at: anyone on this origin may send one. */
  listen(onChange: () => void): void;
}

export function otherTabs(): OtherTabs {
  const channel = new BroadcastChannel(channelName);
  return {
    tell: () => channel.postMessage(null),
    listen: (onChange) => channel.addEventListener('message', () => onChange()),
  };
}
