const channel = new MessageChannel();
let waiting: (() => void)[] = [];

channel.port1.addEventListener('message', () => {
  const resumed = waiting;
  waiting = [];
  for (const resume of resumed) resume();
});
channel.port1.start();

/** Lets messages that have arrived be handled. By a port, since nested `setTimeout(0)` waits 4 ms each time. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) channel.port2.postMessage(null);
  });
}
