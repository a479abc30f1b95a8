import type { Expected, WantedCall, WantedFigure } from '../question.ts';
import type { ShopId } from '../shops.ts';
import type { SegmentInStore, Store } from '../store.ts';

/** A question of the set; what a good answer holds is computed from the store whenever it is asked. */
export interface EvalQuestion {
  id: string;
  shop: ShopId;
  question(store: Store): string;
  expects(store: Store): Promise<Partial<Expected>> | Partial<Expected>;
}

/** @param mentions each word, or list of ways to say it, that the input has to hold */
export function call(
  tool: string,
  input: Record<string, unknown> = {},
  mentions: readonly (string | string[])[] = [],
): WantedCall {
  return {
    tool,
    input,
    mentions: mentions.map(ways => (typeof ways === 'string' ? [ways] : ways).map(way => way.toLowerCase())),
  };
}

export const asked = (question: string) => () => question;

/** A segment may be named by its key or by its name. */
export const either = ({ key, name }: SegmentInStore) => [key, name];

export const ofSegment = (segment: SegmentInStore) =>
  call('show_segment', { segment: segment.key }, [either(segment)]);

export function figure(
  what: string,
  unit: WantedFigure['unit'],
  value: number,
  more: Partial<Pick<WantedFigure, 'of' | 'slack'>> = {},
): WantedFigure {
  return { what, unit, value, of: null, slack: 0, ...more };
}

export const sizeOf = ({ name, size }: SegmentInStore) =>
  figure(`customers of ${name}`, 'people', size, { of: name });

export const riskOf = ({ name, valueAtRisk }: SegmentInStore) =>
  figure(`value at risk of ${name}`, 'money', valueAtRisk, { of: name });

/** Wholes are told to the nearest ten where a part is withheld. */
export const wholeSlack = ({ coarse }: Store) => (coarse ? 5 : 0);

export const largest = (store: Store) => store.segments[0]!;

/** The segment for which a figure is greatest. */
export function most(store: Store, of: (segment: SegmentInStore) => number): SegmentInStore {
  return store.segments.reduce((best, segment) => (of(segment) > of(best) ? segment : best));
}
