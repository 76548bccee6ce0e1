/**
 * Rows that a worker multiplies at once. The page shares rows out in multiples of it, so that the sums are the same
 * to the last bit however many workers there are.
 */
export const queryBlock = 256;
