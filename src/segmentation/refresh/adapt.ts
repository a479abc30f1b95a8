/**
 * Part of the way to the mean of its members that a centroid goes at a refresh. A tenth a week follows a shop that
 * changes within a quarter (three quarters of the way in 13 weeks), and hears little of a week that was odd.
 */
const rate = 0.1;
/**
 * Longest step, as a part of the distance to the nearest other centroid. In the 13 weeks between two re-clusterings that
 * is about a quarter of the way there: a definition may follow its customers, not become another one's.
 */
const bound = 0.02;

/**
 * The centroids after a refresh: each drawn towards the mean of its members, by a bounded step.
 *
 * @param centroids k x d
 * @param means k x d; the centroid itself where a segment has no members
 */
export function adapt(centroids: readonly number[][], means: readonly number[][]): number[][] {
  return centroids.map((centroid, s) => {
    const way = centroid.map((value, j) => means[s]![j]! - value);
    const length = norm(way);
    if (length === 0) return [...centroid];
    const room = Math.min(
      ...centroids
        .filter((_, other) => other !== s)
        .map(other => norm(other.map((value, j) => value - centroid[j]!))),
    );
    const step = Math.min(rate, (bound * room) / length);
    return centroid.map((value, j) => value + step * way[j]!);
  });
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
