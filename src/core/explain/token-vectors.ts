/**
 * What the model makes of each token of one text, whose mean has the direction of the text's vector. `vectors` is
 * tokens × dim. Token i stands for the characters from `starts[i]` to `ends[i]` of the text (those of a whole word for
 * each of its pieces), or for none of them, both being −1: the marks at the ends, and what could not be placed.
 */
export interface TokenVectors {
  starts: Int32Array<ArrayBuffer>;
  ends: Int32Array<ArrayBuffer>;
  vectors: Float32Array<ArrayBuffer>;
}
