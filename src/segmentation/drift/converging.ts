import { formatValue } from '../wording.ts';
import { pair } from './consequences.ts';
import { distanceIn, nearest } from './space.ts';
import type { Suspect } from './suspect.ts';
import { median } from './usual.ts';
import { type DriftView, statsOf } from './view.ts';

/** Distance between the means of two segments, over that of when they were made. */
const levels = { watch: 0.8, alert: 0.6 };
/** And over the usual distance of neighbours then: two that come closer while still far apart stay two. */
const near = 1;
const leastMembers = 30;

/** Pairs of segments that have come so much closer that they may become one. */
export function convergingSuspects({ model, scored, birth }: DriftView): Suspect[] {
  if (model.kind === 'rfm' || !birth || birth.segments.length < 2) return [];
  const distance = distanceIn(model);
  const neighbours = nearest(
    birth.segments.map(({ mean }) => mean),
    distance,
  );
  const typical = median(neighbours);
  return scored.segments.flatMap((one, i) =>
    scored.segments.slice(i + 1).flatMap(other => {
      const [oneBefore, otherBefore] = [statsOf(birth, one.key), statsOf(birth, other.key)];
      if (!oneBefore || !otherBefore) return [];
      if ([one, other, oneBefore, otherBefore].some(({ size }) => size < leastMembers)) return [];
      const now = distance(one.mean, other.mean);
      const ratio = now / distance(oneBefore.mean, otherBefore.mean);
      if (!(ratio <= levels.watch && now <= near * typical)) return [];
      const severity = ratio <= levels.alert ? 'alert' : 'watch';
      const closer = formatValue(1 - ratio, 'share', null);
      return [
        {
          finding: {
            kind: 'converging',
            severity,
            subject: pair(one.key, other.key),
            sentence: `${one.name} and ${other.name} are becoming alike: they lie ${closer} closer together than when the segments were made.`,
            measure: { name: 'shrinkage of the distance', value: 1 - ratio, threshold: 1 - levels[severity] },
          },
          compare: {
            from: model.asOf,
            usual: (earlier, later) => {
              const [then, since] = [earlier, later].map(population => {
                const [a, b] = [statsOf(population, one.key), statsOf(population, other.key)];
                return a && b && a.size >= leastMembers && b.size >= leastMembers
                  ? distance(a.mean, b.mean)
                  : 0;
              }) as [number, number];
              return then > 0 && since > 0 && (ratio * then) / since > levels.watch;
            },
          },
        },
      ];
    }),
  );
}
