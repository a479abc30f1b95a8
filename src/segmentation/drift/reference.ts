import type { FeatureTable } from '../../features/feature.ts';

/**
 * How the features were distributed when the model was made; later refreshes count into the same bins. Counts are kept
 * by band of tenure, so that a shop whose customers merely grow older is not told that they changed.
 */
export interface Reference {
  /**
   * Upper edges of the bands of tenure, in days, ascending; the last band is open. The last edge is the longest tenure of
   * the training, so that the open band holds those who are older than anybody was: they have nothing to compare with.
   */
  tenureEdges: number[];
  features: BinnedFeature[];
}

export interface BinnedFeature extends Distribution {
  /** Inner edges, ascending: quantiles of the training without repeats. Bin b holds edges[b-1] < x <= edges[b]. */
  edges: number[];
}

/** Counts of one feature over the bins of the reference, of all buyers, those set aside included. */
export interface Distribution {
  feature: string;
  /** counts[band][bin]; missing values are not in it. */
  counts: number[][];
  /** missing[band]. */
  missing: number[];
}

/** Counts that grow with every chunk of customers. */
interface Counting {
  tenureEdges: Float64Array;
  features: { id: string; edges: Float64Array; counts: Float64Array; missing: Float64Array }[];
}

/** The feature that the bands are cut by; every shop has it. */
const tenure = 'tenure';
const mostBands = 8;
/** In a band of fewer a distribution is mostly chance. */
const leastPerBand = 60;
const bins = 10;

/** Bins at the deciles of each feature and bands at the quantiles of tenure, with the counts of the table itself. */
export function fitReference(table: FeatureTable, features: readonly string[]): Reference {
  const columns = new Map(table.features.map((feature, j) => [feature.id, table.values[j]!]));
  const tenures = columns.get(tenure);
  if (!tenures) throw new RangeError(`there is no column ${tenure}`);
  const bands = Math.max(1, Math.min(mostBands, Math.floor(table.profileIds.length / leastPerBand)));
  const tenureEdges = quantileEdges(tenures, bands);
  const longest = tenures.reduce((most, value) => (value > most ? value : most), 0);
  if (tenureEdges.at(-1) !== longest) tenureEdges.push(longest);

  const known = features.filter(id => columns.has(id));
  const edges = known.map(id => ({ id, edges: innerEdges(columns.get(id)!) }));
  const counting = countingOver(tenureEdges, edges);
  countInto(counting, columns);
  const counted = distributionsOf(counting);
  return { tenureEdges, features: counted.map((of, j) => ({ ...of, edges: edges[j]!.edges })) };
}

/** Empty counts over the bins of a reference. */
export function startCounting({ tenureEdges, features }: Reference): Counting {
  return countingOver(
    tenureEdges,
    features.map(({ feature, edges }) => ({ id: feature, edges })),
  );
}

/**
 * Adds a chunk of customers to the counts. Order and cut of the chunks do not matter.
 * @param columns raw values by feature, NaN where missing, equally long; `tenure` among them. A feature that is not
 *   among them counts as missing for everybody.
 */
export function countInto(counting: Counting, columns: ReadonlyMap<string, Float64Array>): void {
  const tenures = columns.get(tenure);
  if (!tenures) throw new RangeError(`there is no column ${tenure}`);
  const band = Uint8Array.from(tenures, value => binOf(value, counting.tenureEdges));
  for (const { id, edges, counts, missing } of counting.features) {
    const values = columns.get(id);
    const width = edges.length + 1;
    for (let i = 0; i < band.length; i++) {
      const value = values === undefined ? Number.NaN : values[i]!;
      if (Number.isFinite(value)) counts[band[i]! * width + binOf(value, edges)]!++;
      else missing[band[i]!]!++;
    }
  }
}

/** The counts as plain data, for the record of a refresh. */
export function distributionsOf({ tenureEdges, features }: Counting): Distribution[] {
  return features.map(({ id, edges, counts, missing }) => {
    const width = edges.length + 1;
    return {
      feature: id,
      counts: Array.from({ length: tenureEdges.length + 1 }, (_, band) =>
        Array.from(counts.subarray(band * width, (band + 1) * width)),
      ),
      missing: Array.from(missing),
    };
  });
}

function countingOver(
  tenureEdges: readonly number[],
  features: readonly { id: string; edges: readonly number[] }[],
): Counting {
  const bands = tenureEdges.length + 1;
  return {
    tenureEdges: Float64Array.from(tenureEdges),
    features: features.map(({ id, edges }) => ({
      id,
      edges: Float64Array.from(edges),
      counts: new Float64Array(bands * (edges.length + 1)),
      missing: new Float64Array(bands),
    })),
  };
}

/** Deciles without repeats, and none at the maximum, beyond which nothing lies: many ties make fewer bins. */
function innerEdges(values: Float64Array): number[] {
  const edges = quantileEdges(values, bins);
  const most = values.reduce((top, value) => (value > top ? value : top), Number.NEGATIVE_INFINITY);
  return edges.filter(edge => edge < most);
}

/** The values that end each of `parts` equal parts but the last, without repeats. */
function quantileEdges(values: Float64Array, parts: number): number[] {
  const sorted = values.filter(Number.isFinite).sort();
  const edges: number[] = [];
  for (let part = 1; part < parts && sorted.length > 0; part++) {
    const value = sorted[Math.max(0, Math.ceil((part * sorted.length) / parts) - 1)]!;
    if (edges.length === 0 || value > edges.at(-1)!) edges.push(value);
  }
  return edges;
}

/** The first bin whose upper edge is not below the value. */
function binOf(value: number, edges: Float64Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
