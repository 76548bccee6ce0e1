/** IEEE 754 binary16 → float32, exact. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// A lookup table, because a model holds 22 million half floats with only 65,536 different values.
const floatOfBits = Float32Array.from({ length: 0x10000 }, (_, bits) => halfToFloat(bits));

export function halvesToFloats(bits: Uint16Array): Float32Array {
  const floats = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) floats[i] = floatOfBits[bits[i] ?? 0] ?? 0;
  return floats;
}
