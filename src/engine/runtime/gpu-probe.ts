import type { Gpu } from '../backends';

/** The parts of WebGPU that the probe uses; not every TypeScript library declares them. */
interface GpuAdapter {
  info?: Partial<Record<'vendor' | 'architecture' | 'device' | 'description', string>> & {
    isFallbackAdapter?: boolean;
  };
  isFallbackAdapter?: boolean;
}
interface GpuNavigator {
  gpu?: { requestAdapter(): Promise<GpuAdapter | null> };
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i;

/** Asks the browser for its GPU. Never rejects: a browser that fails here counts as without a GPU. */
export async function probeGpu(
  navigator: GpuNavigator = globalThis.navigator as GpuNavigator,
  webAssembly: object = WebAssembly,
): Promise<Gpu> {
  if (!navigator.gpu) return unusable('This browser has no WebGPU.');
  // The runtime's other WebGPU build is 27 MB; this one needs WebAssembly to wait for promises.
  if (!('Suspending' in webAssembly)) return unusable('This browser’s WebAssembly has no JSPI.');
  try {
    const adapter = await navigator.gpu.requestAdapter();
    return adapter ? usable(adapter) : unusable('This browser offers no GPU adapter.');
  } catch (error) {
    return unusable(
      `The GPU could not be queried: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function usable({ info, isFallbackAdapter }: GpuAdapter): Gpu {
  const { vendor = '', architecture = '', device = '', description = '' } = info ?? {};
  const parts = [vendor, architecture, device, description].filter((part) => part !== '');
  const name = parts.join(' ') || 'unnamed GPU';
  const isSoftware =
    isFallbackAdapter === true || info?.isFallbackAdapter === true || softwareNames.test(name);
  return { usable: true, name, isSoftware };
}

function unusable(reason: string): Gpu {
  return { usable: false, reason };
}
