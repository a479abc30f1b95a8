export interface Disc {
  x: number;
  y: number;
  r: number;
}

/** Its upper left corner, and its size. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const directions = Array.from({ length: 16 }, (_, i) => (i * Math.PI) / 8);
const gaps = [5, 14, 28, 46, 70, 100];
const rounds = 6;

/**
 * A place beside its disc for each label, inside the frame, where it covers discs and other labels least: each label in
 * turn takes the best of places around its disc, given where the others are, a few times over. Nearer is better, and so is
 * the right-hand side.
 */
export function labelPlaces(
  discs: readonly Disc[],
  sizes: readonly { width: number; height: number }[],
  frame: Box,
): Box[] {
  const candidates = discs.map((disc, i) => candidatesOf(disc, sizes[i]!, frame));
  const placed = candidates.map(boxes => boxes[0]!.box);
  for (let round = 0; round < rounds; round++) {
    candidates.forEach((boxes, i) => {
      const costOf = ({ box, far }: Candidate) =>
        far +
        discs.reduce((sum, disc, j) => sum + (j === i ? 2 : 3) * overlap(box, grown(boundsOf(disc), 3)), 0) +
        placed.reduce((sum, other, j) => sum + (j === i ? 0 : 6 * overlap(box, grown(other, 3))), 0);
      let best = boxes[0]!;
      let least = Infinity;
      for (const candidate of boxes) {
        const cost = costOf(candidate);
        if (cost < least) [best, least] = [candidate, cost];
      }
      placed[i] = best.box;
    });
  }
  return placed;
}

interface Candidate {
  box: Box;
  far: number;
}

function candidatesOf(
  { x, y, r }: Disc,
  { width, height }: { width: number; height: number },
  frame: Box,
): Candidate[] {
  return gaps.flatMap((gap, g) =>
    directions.map((direction, d) => {
      const [along, down] = [Math.cos(direction), Math.sin(direction)];
      const middle = {
        x: x + along * (r + gap + width / 2),
        y: y + down * (r + gap + height / 2),
      };
      const within = (value: number, length: number, least: number, room: number) =>
        Math.max(least, Math.min(least + room - length, value - length / 2));
      const box = {
        x: within(middle.x, width, frame.x, frame.width),
        y: within(middle.y, height, frame.y, frame.height),
        width,
        height,
      };
      return { box, far: g * 60 + Math.min(d, 16 - d) };
    }),
  );
}

const boundsOf = ({ x, y, r }: Disc): Box => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** Square pixels. */
function overlap(a: Box, b: Box): number {
  const side = (from: number, length: number, other: number, otherLength: number) =>
    Math.max(0, Math.min(from + length, other + otherLength) - Math.max(from, other));
  return side(a.x, a.width, b.x, b.width) * side(a.y, a.height, b.y, b.height);
}
