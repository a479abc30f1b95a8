/**
 * Positions along a line, at least `between` apart and inside the bounds, that move as little as they can: those too
 * close together part evenly about their middle (isotonic regression by pooling adjacent violators). Equal values keep
 * their order. Where the bounds have no room for all, they lie `between` apart and run over the end.
 */
export function apart(
  values: readonly number[],
  between: number,
  { least, most }: { least: number; most: number },
): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b);
  // Without the distances that must lie between them, the positions have only to ascend.
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    let block = { sum: values[index]! - rank * between, count: 1 };
    for (let before = blocks.at(-1); before && mean(before) > mean(block); before = blocks.at(-1)) {
      block = { sum: before.sum + block.sum, count: before.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const highest = most - (values.length - 1) * between;
  const ascending = blocks.flatMap(block => new Array<number>(block.count).fill(mean(block)));
  const placed = new Array<number>(values.length);
  order.forEach((index, rank) => {
    placed[index] = Math.max(least, Math.min(highest, ascending[rank]!)) + rank * between;
  });
  return placed;
}

const mean = ({ sum, count }: { sum: number; count: number }) => sum / count;
