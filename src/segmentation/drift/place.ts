import { featureById } from '../../features/catalogue.ts';
import type { Model } from '../model.ts';
import type { RefreshRecord, SegmentStats } from '../refresh/record.ts';
import { formatValue, listed } from '../wording.ts';
import { dayInWords } from './feeds-told.ts';
import { type Distance, distanceIn, nearest, tenure } from './space.ts';
import type { Suspect } from './suspect.ts';
import { median, usualError } from './usual.ts';
import { alertLevel, type DriftView, recordBefore, statsOf } from './view.ts';

/** Way of the members' mean from where the segment was made, in parts of the way to the nearest other segment. */
const away = { watch: 0.35, alert: 0.5 };
/** The same within two refreshes: a segment that changes at once, long before it is far away. */
const sudden = { watch: 0.1, alert: 0.2 };
/** Times the usual way of two refreshes. */
const surely = 4;
const refreshes = 2;
/** Part of a plain sample's error by which the mean of much the same customers wanders between two refreshes. */
const wander = 0.3;
/** The mean of fewer is mostly theirs who came and went. */
const leastMembers = 30;

/** Segments whose members are no longer where the segment was made, or leave it quickly; at most one each. */
export function placeSuspects(view: DriftView): Suspect[] {
  const { model, scored, birth } = view;
  const base = recordBefore(view, refreshes);
  if (model.kind === 'rfm' || !birth || !base || scored.segments.length < 2) return [];
  const distance = distanceIn(model);
  const toNext = nearest(
    birth.segments.map(({ centroid }) => centroid),
    distance,
  );
  return scored.segments.flatMap(now => {
    const index = birth.segments.findIndex(({ key }) => key === now.key);
    const before = statsOf(base, now.key);
    if (index < 0 || !before || now.size < leastMembers || before.size < leastMembers) return [];
    const made = birth.segments[index]!.centroid;
    const unit = toNext[index]!;
    const far = distance(now.mean, made) / unit;
    const step = distance(now.mean, before.mean) / unit;
    const chance = wander * Math.sqrt(now.spread / now.size);
    const usual =
      usualError(chance, usualStep(view.past.slice(0, view.past.indexOf(base) + 1), now.key, distance)) /
      unit;
    const quick = step >= sudden.watch && step >= surely * usual;
    if (quick && step / sudden.alert >= far / away.alert) {
      return [
        suspect(
          view,
          now,
          before.mean,
          base.asOf,
          step,
          sudden,
          `since ${dayInWords(base.asOf, scored.asOf)}`,
          distance,
        ),
      ];
    }
    if (far < away.watch) return [];
    return [suspect(view, now, made, model.asOf, far, away, 'since the segments were made', distance)];
  });
}

function suspect(
  view: DriftView,
  now: SegmentStats,
  from: readonly number[],
  fromDate: string,
  way: number,
  levels: { watch: number; alert: number },
  since: string,
  distance: Distance,
): Suspect {
  const { model } = view;
  const alert = alertLevel(levels.alert, view, 'centroid', now.key);
  const severity = way >= alert ? 'alert' : 'watch';
  const changed = movedMost(model, from, now.mean);
  const mostly = changed.length > 0 ? `, most of all in ${listed(changed)}` : '';
  return {
    finding: {
      kind: 'centroid',
      severity,
      subject: now.key,
      sentence: `${now.name} have changed ${since}: their average customer has gone ${formatValue(way, 'share', null)} of the way that lies between them and the nearest other segment${mostly}.`,
      measure: {
        name: 'way of the mean',
        value: way,
        threshold: severity === 'alert' ? alert : levels.watch,
      },
    },
    compare: {
      from: fromDate,
      usual: (earlier, later) => {
        const [start, end] = [statsOf(earlier, now.key), statsOf(later, now.key)];
        if (!start || !end || start.size < leastMembers || end.size < leastMembers) return false;
        // What is left of the way once the way between the other two dates is taken off.
        const there = now.mean.map((value, j) => value - (end.mean[j]! - start.mean[j]!));
        return (distance(there, from) / distance(now.mean, from)) * way < levels.watch;
      },
    },
  };
}

/** The usual way of the members' mean over two refreshes; 0 where there are too few to tell. */
function usualStep(past: readonly RefreshRecord[], key: string, distance: Distance): number {
  const path = past.flatMap(record => {
    const stats = statsOf(record, key);
    return stats ? [stats.mean] : [];
  });
  const ways = path.slice(refreshes).map((mean, i) => distance(mean, path[i]!));
  return ways.length < 3 ? 0 : median(ways);
}

/** The features along which it went, the farthest first, at most three that went at least half as far. */
function movedMost(model: Model, from: readonly number[], to: readonly number[]): string[] {
  const ways = model.transforms
    .flatMap(({ feature }, j) => {
      const label = featureById(feature)?.label;
      return label === undefined || feature === tenure ? [] : [{ label, way: to[j]! - from[j]! }];
    })
    .sort((a, b) => Math.abs(b.way) - Math.abs(a.way));
  const most = Math.abs(ways[0]?.way ?? 0);
  return ways
    .slice(0, 3)
    .filter(({ way }) => way !== 0 && Math.abs(way) >= most / 2)
    .map(({ label, way }) => `${label} (${way > 0 ? 'up' : 'down'})`);
}
