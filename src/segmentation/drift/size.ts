import { formatSize, formatValue } from '../wording.ts';
import { dayInWords } from './feeds-told.ts';
import type { Suspect } from './suspect.ts';
import { median, usualChange, usualError } from './usual.ts';
import { type DriftView, recordBefore, statsOf } from './view.ts';

/** Change of the logarithm of the size over two refreshes, beyond the trend, that is worth telling. */
const watchFrom = Math.log(1.15);
const alertFrom = Math.log(1.3);
/** Customers by which it changed, so that a small segment's few do not count. */
const leastCustomers = 30;
/** Times the usual change of two refreshes. */
const surely = 4;
const refreshes = 2;
/** Records that say what is usual. */
const remembered = 12;

/** Segments that grew or shrank otherwise than their own history lets expect. */
export function sizeSuspects(view: DriftView): Suspect[] {
  const base = recordBefore(view, refreshes);
  if (!base) return [];
  return view.scored.segments.flatMap(now => {
    const before = statsOf(base, now.key);
    if (!before || before.size === 0) return [];
    const series = view.past.slice(-remembered).flatMap(record => {
      const size = statsOf(record, now.key)?.size ?? 0;
      return size > 0 ? [Math.log(size)] : [];
    });
    const steps = series.slice(1).map((value, i) => value - series[i]!);
    const between = view.past.length - view.past.indexOf(base);
    const trend = steps.length >= 3 ? between * median(steps) : 0;
    const change = Math.log(Math.max(now.size, 0.5) / before.size);
    const beyond = change - trend;
    const expected = before.size * Math.exp(trend);
    // Who comes and goes does so at random, if nobody else: a tenth of the members or so between two refreshes.
    const chance = Math.sqrt(0.1 / before.size);
    // A trend that merely ends is no news, nor is one that goes on.
    const size = change * beyond > 0 ? Math.min(Math.abs(change), Math.abs(beyond)) : 0;
    if (size < watchFrom || Math.abs(now.size - expected) < leastCustomers) return [];
    if (size < surely * usualError(chance, usualChange(series, refreshes))) return [];
    const severity = size >= alertFrom ? 'alert' : 'watch';
    const by = formatValue(Math.abs(now.size / before.size - 1), 'share', null);
    return [
      {
        finding: {
          kind: 'size',
          severity,
          subject: now.key,
          sentence: `${now.name} ${change > 0 ? 'grew' : 'shrank'} by ${by}, from ${formatSize(before.size)} customers on ${dayInWords(base.asOf, view.scored.asOf)} to ${formatSize(now.size)}, unlike the weeks before.`,
          measure: {
            name: 'change of log size beyond the trend',
            value: size,
            threshold: severity === 'alert' ? alertFrom : watchFrom,
          },
        },
        compare: {
          from: base.asOf,
          usual: (earlier, later) => {
            const [from, to] = [statsOf(earlier, now.key), statsOf(later, now.key)];
            if (!from || !to || from.size < leastCustomers || to.size === 0) return false;
            const then = Math.log(to.size / from.size);
            return Math.sign(then) === Math.sign(change) && Math.abs(then) >= size - watchFrom;
          },
        },
      },
    ];
  });
}
