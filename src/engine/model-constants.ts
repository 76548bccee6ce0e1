/** Constants of the embedding model, all-MiniLM-L6-v2, that page and workers share. */

/** Tokens of a text that the model reads, [CLS] and [SEP] included; the rest is cut off. */
export const maxTokens = 256;
/** Numbers in a vector. */
export const dimensions = 384;
