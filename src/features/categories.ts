/** Frozen parameters that place a customer's category mix in a few dimensions (TF-IDF, truncated SVD, fixed signs). */
export interface CategoryEmbedding {
  /** Whether the vocabulary is categories or, where there are none, products. */
  of: 'category' | 'product';
  terms: string[];
  idf: number[];
  /** components[d][t]: weight of term t in dimension d. */
  components: number[][];
  /** Singular value of each dimension, largest first. */
  singularValues: number[];
}
