/**
 * The model's output for each token of one text; their mean has the direction of the text's vector. `vectors` is
 * tokens × dim. Token i covers the characters from `starts[i]` to `ends[i]` of the text (of the whole word for each of
 * its word pieces). Both are −1 for the special tokens at the ends, and for tokens that could not be aligned.
 */
export interface TokenVectors {
  starts: Int32Array<ArrayBuffer>;
  ends: Int32Array<ArrayBuffer>;
  vectors: Float32Array<ArrayBuffer>;
}
