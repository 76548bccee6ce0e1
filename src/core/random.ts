/** A seeded stream of random numbers: the same seed gives the same stream on every machine. */
export interface Random {
  /** An integer in [0, 2³²). */
  uint32(): number;
  /** A number in [0, 1). */
  unit(): number;
}

/** sfc32 (Doty-Humphrey, PractRand 2010), seeded with one 32-bit integer. */
export function createRandom(seed: number): Random {
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;

  const uint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Near seeds give near states: the generator's author recommends twelve rounds to separate them.
  for (let round = 0; round < 12; round++) uint32();

  return { uint32, unit: () => uint32() / 4294967296 };
}
