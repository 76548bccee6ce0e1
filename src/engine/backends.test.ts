import { describe, expect, it } from 'vitest';
import { candidates, gpuRefusal, type BackendChoice, type Gpu } from './backends';
import { probeGpu } from './runtime/gpu-probe';
import type { Precision } from './protocol';

const none: Gpu = { usable: false, reason: 'This browser has no WebGPU.' };
const hardware: Gpu = { usable: true, name: 'intel gen-12lp', isSoftware: false };
const software: Gpu = { usable: true, name: 'google swiftshader', isSoftware: true };

function order(choice: BackendChoice, prefer: Precision | null, gpu: Gpu): string {
  return candidates(prefer, gpuRefusal(choice, prefer, gpu) === null)
    .map(({ device, precision }) => `${device} ${precision}`)
    .join(', ');
}

const cpu = 'wasm int8, wasm fp32';
const cpuFull = 'wasm fp32, wasm int8';

describe('the order in which backends are tried', () => {
  it.each<[BackendChoice, Precision | null, Gpu, string]>([
    ['auto', null, none, cpu],
    ['auto', null, software, cpu],
    ['auto', null, hardware, `webgpu fp32, ${cpu}`],
    ['auto', 'int8', hardware, cpu],
    ['auto', 'fp32', hardware, `webgpu fp32, ${cpuFull}`],
    ['auto', 'fp32', none, cpuFull],
    ['auto', 'fp32', software, cpuFull],
    ['webgpu', null, software, `webgpu fp32, ${cpu}`],
    ['webgpu', 'int8', hardware, `webgpu fp32, ${cpu}`],
    ['webgpu', null, none, cpu],
    ['webgpu', 'fp32', none, cpuFull],
    ['wasm', null, hardware, cpu],
    ['wasm', 'fp32', hardware, cpuFull],
  ])('choice %s, library of %s', (choice, prefer, gpu, expected) => {
    expect(order(choice, prefer, gpu)).toBe(expected);
  });

  it('never runs int8 on WebGPU', () => {
    for (const prefer of [null, 'int8', 'fp32'] as const) {
      expect(candidates(prefer, true)).not.toContainEqual({ device: 'webgpu', precision: 'int8' });
    }
  });

  it('gives the reason why the GPU is not used', () => {
    expect(gpuRefusal('auto', null, none)).toBe(none.reason);
    expect(gpuRefusal('auto', null, software)).toContain('google swiftshader');
    expect(gpuRefusal('auto', null, hardware)).toBeNull();
  });
});

describe('probing the GPU', () => {
  const jspi = { Suspending: class {} };
  const offering = (adapter: object | null) => ({ gpu: { requestAdapter: () => Promise.resolve(adapter) } });

  it.each([
    ['no WebGPU', {}, jspi],
    ['no JSPI', offering({}), {}],
    ['no adapter', offering(null), jspi],
    ['an error', { gpu: { requestAdapter: () => Promise.reject(new Error('lost')) } }, jspi],
  ])('%s: unusable, with a reason', async (_, navigator, webAssembly) => {
    const gpu = await probeGpu(navigator, webAssembly);
    expect(gpu).toMatchObject({ usable: false, reason: expect.stringMatching(/./) as string });
  });

  it.each([
    [{ info: { vendor: 'intel', architecture: 'gen-12lp' } }, 'intel gen-12lp', false],
    [
      { info: { vendor: 'nvidia', architecture: 'ampere', isFallbackAdapter: false } },
      'nvidia ampere',
      false,
    ],
    [{ info: { vendor: 'google', architecture: 'swiftshader' } }, 'google swiftshader', true],
    [{ info: { vendor: 'mesa', description: 'llvmpipe (LLVM 15)' } }, 'mesa llvmpipe (LLVM 15)', true],
    [
      { info: { vendor: 'microsoft', description: 'Microsoft Basic Render Driver' } },
      'microsoft Microsoft Basic Render Driver',
      true,
    ],
    [{ info: { vendor: 'intel', isFallbackAdapter: true } }, 'intel', true],
    [{ isFallbackAdapter: true }, 'unnamed GPU', true],
    [{}, 'unnamed GPU', false],
  ])('%j', async (adapter, name, isSoftware) => {
    expect(await probeGpu(offering(adapter), jspi)).toEqual({ usable: true, name, isSoftware });
  });
});
