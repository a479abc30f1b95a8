/**
 * Mean simplified silhouette: 1 - own / second, the silhouette with distances to centroids in place of mean
 * distances to all rows of a cluster (Hruschka, de Castro and Campello 2004). Linear in the number of rows.
 *
 * @param own n distances to the own centroid
 * @param second n distances to the second nearest centroid; Infinity where there is one centroid only
 * @returns 0..1; 0 where every row lies on a border. Its size says little by itself: it falls with the number
 *   of features, so it is compared with what data without groups reach.
 */
export function simplifiedSilhouette(own: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < own.length; i++) {
    const b = second[i]!;
    if (b > 0 && b !== Infinity) sum += 1 - own[i]! / b;
  }
  return own.length === 0 ? 0 : sum / own.length;
}
