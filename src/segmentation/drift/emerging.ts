import { squaredDistance } from '../../clustering/distance.ts';
import { findGathering } from '../../clustering/gathering.ts';
import { type Matrix, takeRows } from '../../clustering/matrix.ts';
import { featureById } from '../../features/catalogue.ts';
import type { Model } from '../model.ts';
import type { SegmentStats } from '../refresh/record.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import { formatSize, formatValue, listed } from '../wording.ts';
import type { Suspect } from './suspect.ts';
import { usualChange } from './usual.ts';
import type { DriftView } from './view.ts';

/** Rise of the share of customers that hardly fit their segment, since the segments were made. */
const leastRise = 0.02;
/** Standard errors of that rise. */
const surely = 3;
/** Rows that are looked among: the search compares each with each. */
const looked = 1200;
/** Share of them that a group has to hold, and how many at the least. */
const share = 0.04;
const leastRows = 25;
/** How many times as many there must be as there were. */
const denser = 3;
/** The group's radius over the distance to the nearest centroid: it has to be a place of its own. */
const compact = 0.75;

/** A dense group among the customers that no segment fits, where there was none when the segments were made. */
export async function emergingSuspects(
  { model, scored, past, birth }: DriftView,
  scoredAt: (asOf: string) => Promise<ScoredPopulation | null>,
): Promise<Suspect[]> {
  if (model.kind === 'rfm' || !birth || scored.uncertainSample.rows < leastRows) return [];
  const [now, then] = [uncertainOf(scored.segments), uncertainOf(birth.segments)];
  const rise = now.share - then.share;
  const error = Math.sqrt(then.share * (1 - then.share) * (1 / now.size + 1 / then.size));
  const own = usualChange(
    past.map(({ segments }) => uncertainOf(segments).share),
    1,
  );
  if (!(rise >= leastRise && rise >= surely * Math.max(error, own))) return [];

  const trained = await scoredAt(model.asOf);
  if (!trained) return [];
  const sample = thinned(scored.uncertainSample);
  const before = thinned(trained.uncertainSample);
  const found = findGathering(sample, before, Math.max(leastRows, Math.ceil(share * sample.rows)));
  if (!found) return [];
  // Both samples stand for all who hardly fit at their time.
  const customers = (found.rows / sample.rows) * now.count;
  const were = before.rows > 0 ? (found.before / before.rows) * then.count : 0;
  const centroids = model.centroids.map(place => Float64Array.from(place));
  const away = Math.sqrt(
    Math.min(...centroids.map(place => squaredDistance(found.centre, 0, place, 0, place.length))),
  );
  if (found.rows < leastRows || customers < denser * were || found.radius >= compact * away) return [];

  const smallest = Math.min(...scored.segments.map(({ size }) => size));
  const severity = customers >= smallest ? 'alert' : 'watch';
  const traits = traitsOf(model, found.centre);
  const known = traits.length > 0 ? ` They stand out by ${listed(traits)}.` : '';
  return [
    {
      finding: {
        kind: 'emerging',
        severity,
        subject: 'emerging',
        sentence: `A new group may be emerging: about ${formatSize(Math.round(customers))} customers that fit no segment well are alike, and ${formatValue(now.share, 'share', null)} of all hardly fit theirs, ${formatValue(then.share, 'share', null)} did when the segments were made.${known}`,
        measure: { name: 'rise of the uncertain share', value: rise, threshold: leastRise },
      },
      compare: null,
    },
  ];
}

function uncertainOf(segments: readonly SegmentStats[]): { share: number; count: number; size: number } {
  const size = segments.reduce((sum, segment) => sum + segment.size, 0);
  const count = segments.reduce((sum, segment) => sum + segment.uncertain * segment.size, 0);
  return { share: size > 0 ? count / size : 0, count, size: Math.max(1, size) };
}

/** Every n-th row. */
function thinned(matrix: Matrix): Matrix {
  const step = Math.ceil(matrix.rows / looked);
  if (step <= 1) return matrix;
  return takeRows(
    matrix,
    Array.from({ length: Math.ceil(matrix.rows / step) }, (_, i) => i * step),
  );
}

/** What sets the group's centre apart from the average customer, who lies at 0 of every column. */
function traitsOf(model: Model, centre: Float64Array): string[] {
  return model.transforms
    .flatMap(({ feature, weight }, j) => {
      const known = featureById(feature);
      const value = centre[j]! / weight;
      return known && Math.abs(value) >= 0.5
        ? [{ size: Math.abs(value), text: `${value > 0 ? 'high' : 'low'} ${known.label}` }]
        : [];
    })
    .sort((a, b) => b.size - a.size)
    .slice(0, 3)
    .map(({ text }) => text);
}
