interface Device {
  hardwareConcurrency?: number;
  /** GiB; Chromium only. */
  deviceMemory?: number;
  maxTouchPoints?: number;
  userAgent?: string;
}

/** How many workers embed in parallel. Each holds a copy of the runtime and the model: about 150 MB. */
export function poolSizeFor(device: Device): number {
  // Safari on iOS kills a page that uses much memory (onnxruntime #22086). An iPad reports itself as a Mac, with touch.
  const { userAgent = '', maxTouchPoints = 0 } = device;
  const isIos = /iP(hone|ad|od)/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
  if (isIos || (device.deviceMemory ?? 8) <= 2) return 1;
  return Math.max(1, Math.min(4, device.hardwareConcurrency ?? 2));
}
