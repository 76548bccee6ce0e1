/** Tokens of a paper that the model sees, [CLS] and [SEP] among them. */
export const maxTokens = 256;
/** Numbers a vector. */
export const dimensions = 384;
