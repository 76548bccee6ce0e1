import type { Container, Piece } from './container';
import { unpack } from './inflate';

/** One packed file, named after the file it came in. */
export const gzip: Container = {
  id: 'gzip',
  name: 'gzip',
  label: () => 'gzip',
  fits: ([first, second, method]) => first === 0x1f && second === 0x8b && method === 8,
  open: (bytes, { budget }) => {
    const unpacked = unpack(bytes, 'gzip', budget);
    if ('refusal' in unpacked) return { pieces: [problem(unpacked.refusal)] };
    const pieces: Piece[] = [{ name: '', content: unpacked.bytes }];
    if (unpacked.damage !== undefined) pieces.unshift(problem(unpacked.damage));
    return { pieces };
  },
};

function problem(why: string): Piece {
  return { problem: { where: 'file', why } };
}
