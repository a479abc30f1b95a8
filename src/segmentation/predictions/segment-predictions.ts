import { significant } from '../../features/rounding.ts';
import type { SegmentPredictions } from './predictions.ts';
import type { ScoreColumns } from './score-columns.ts';

/**
 * The scores of each segment's members together, added up in the order of profile_id.
 *
 * @param segment segment[i]: index in `keys` of the segment in which customer i stands, -1 for none
 */
export function predictionsBySegment(
  keys: readonly string[],
  segment: Int32Array,
  { numbers }: Pick<ScoreColumns, 'numbers'>,
): SegmentPredictions[] {
  return keys.map((key, s) => {
    const members = [...segment.keys()].filter(i => segment[i] === s);
    const sum = (values: Float64Array) =>
      significant(members.reduce((total, i) => total + (Number.isNaN(values[i]!) ? 0 : values[i]!), 0));
    const mean = (values: Float64Array) => {
      const known = members.filter(i => !Number.isNaN(values[i]!));
      const total = known.reduce((so_far, i) => so_far + values[i]!, 0);
      return known.length > 0 ? significant(total / known.length) : null;
    };
    return {
      key,
      customers: members.length,
      expectedOrders90: sum(numbers.expected_orders_90),
      lifetimeValue: sum(numbers.lifetime_value),
      valueAtRisk: sum(numbers.value_at_risk),
      churn: mean(numbers.churn_probability),
      alive: mean(numbers.alive_probability),
      // Whose days are not known may be silent for years before they are late.
      overdue:
        members.length > 0
          ? significant(members.filter(i => numbers.days_overdue[i]! > 0).length / members.length)
          : null,
    };
  });
}
