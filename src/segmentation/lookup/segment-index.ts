import { hash } from 'node:crypto';

/** In which segment each id of each source is, in a few bytes an id; the ids themselves are not kept. */
export interface SegmentIndex {
  /** Position of the segment; undefined for an id that is not known. */
  find(source: string, id: string): number | undefined;
}

/** Ids that are taken in before others have the thread: some two milliseconds of work. */
const slice = 2000;
/** Of the places, at most this share is taken: few steps to each. */
const mostFull = 0.6;

/**
 * An open-addressing table of 64-bit digests. That an unknown id has the digest of a known one happens once in some 10^13
 * askings where a million are known.
 *
 * @param keys `source/id`, each once; sources have no slash
 * @param segments position of the segment of each key, 0..254
 */
export async function segmentIndex(
  keys: readonly string[],
  segments: ArrayLike<number>,
  pause: () => Promise<void>,
): Promise<SegmentIndex> {
  const places = 2 ** Math.ceil(Math.log2(keys.length / mostFull + 1));
  const high = new Uint32Array(places);
  const low = new Uint32Array(places);
  /** Position + 1; 0 where nothing is. */
  const segment = new Uint8Array(places);
  /** Where a digest is, or where it would be. */
  const placeOf = (digest: Buffer): number => {
    const [h, l] = [digest.readUInt32LE(0), digest.readUInt32LE(4)];
    let place = digest.readUInt32LE(8) & (places - 1);
    while (segment[place] !== 0 && (high[place] !== h || low[place] !== l))
      place = (place + 1) & (places - 1);
    return place;
  };
  for (const [i, key] of keys.entries()) {
    if (i % slice === slice - 1) await pause();
    const digest = digestOf(key);
    const place = placeOf(digest);
    high[place] = digest.readUInt32LE(0);
    low[place] = digest.readUInt32LE(4);
    segment[place] = segments[i]! + 1;
  }
  return {
    find(source, id) {
      const found = segment[placeOf(digestOf(`${source}/${id}`))]!;
      return found === 0 ? undefined : found - 1;
    },
  };
}

const digestOf = (key: string) => hash('sha256', key, 'buffer');
