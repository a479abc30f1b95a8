/** Part of a standing segment that must lie in one new segment for it to have gone there as a whole. */
const WHOLE = 0.7;
/** Part of it that makes a piece. */
const PIECE = 0.3;
/** A new segment is mostly one standing segment where more than this part of it came from there. */
const MOSTLY = 0.5;

/** Part of a standing segment's common members that lie in a new segment, 0..1. */
export interface Piece {
  into: number;
  overlap: number;
}

/**
 * What became of a standing segment, after MONIC (Spiliopoulou et al., "MONIC: modeling and monitoring cluster
 * transitions", 2006).
 */
export type Fate =
  /** At least 0.7 of it lies in one new segment, which is mostly it. */
  | { kind: 'survived'; pieces: [Piece] }
  /** No new segment holds that much of it, but two or three hold at least 0.3 each and 0.7 together. */
  | { kind: 'split'; pieces: Piece[] }
  /** At least 0.7 of it lies in one new segment, which is mostly others. */
  | { kind: 'absorbed'; pieces: [Piece] }
  /** None of these; `pieces` holds what lies in one part of at least 0.3, if anything. */
  | { kind: 'disappeared'; pieces: Piece[] };

/** What a new segment came from; the first that holds. */
export type Origin =
  /** A standing segment survived as it. */
  | { kind: 'continues'; from: [number] }
  /** It is a piece of these. */
  | { kind: 'piece'; from: number[] }
  /** It absorbed these, none of which is most of it. */
  | { kind: 'union'; from: number[] }
  | { kind: 'appeared'; from: [] };

/**
 * The fate of every standing segment and the origin of every new one.
 *
 * @param shared standing x fresh counts, row-major, of the customers that both groupings hold
 * @returns one fate for each standing segment and one origin for each new one, in their orders
 */
export function fates(
  shared: ArrayLike<number>,
  standing: number,
  fresh: number,
): { fates: Fate[]; origins: Origin[] } {
  const sizes = new Float64Array(standing);
  const freshSizes = new Float64Array(fresh);
  for (let at = 0; at < standing * fresh; at++) {
    sizes[Math.floor(at / fresh)]! += shared[at]!;
    freshSizes[at % fresh]! += shared[at]!;
  }
  const found = Array.from({ length: standing }, (_, i) => {
    const pieces: Piece[] = [];
    for (let into = 0; into < fresh; into++) {
      const overlap = sizes[i] === 0 ? 0 : shared[i * fresh + into]! / sizes[i]!;
      if (overlap >= PIECE) pieces.push({ into, overlap });
    }
    pieces.sort((a, b) => b.overlap - a.overlap || a.into - b.into);
    return fateOf(pieces, into => shared[i * fresh + into]! / freshSizes[into]!);
  });
  return { fates: found, origins: Array.from({ length: fresh }, (_, j) => originOf(found, j)) };
}

/** @param part the part of a new segment that came from the one whose fate it is */
function fateOf(pieces: Piece[], part: (into: number) => number): Fate {
  const [most] = pieces;
  if (most && most.overlap >= WHOLE)
    return { kind: part(most.into) > MOSTLY ? 'survived' : 'absorbed', pieces: [most] };
  const together = pieces.reduce((sum, { overlap }) => sum + overlap, 0);
  // Shares of a whole may sum to a hair less than they are.
  return { kind: pieces.length > 1 && together >= WHOLE - 1e-9 ? 'split' : 'disappeared', pieces };
}

function originOf(found: readonly Fate[], fresh: number): Origin {
  const from = (kind: Fate['kind']) =>
    found.flatMap((fate, i) =>
      fate.kind === kind && fate.pieces.some(({ into }) => into === fresh) ? [i] : [],
    );
  const [survivor] = from('survived');
  if (survivor !== undefined) return { kind: 'continues', from: [survivor] };
  const whole = from('split');
  if (whole.length > 0) return { kind: 'piece', from: whole };
  const absorbed = from('absorbed');
  return absorbed.length > 0 ? { kind: 'union', from: absorbed } : { kind: 'appeared', from: [] };
}
