/**
 * Query rows in one matrix product. The page divides rows among workers in multiples of it, so that the sums are the
 * same to the last bit with any number of workers.
 */
export const queryBlock = 256;
