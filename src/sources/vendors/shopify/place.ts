import type { Cursor } from '../../pull/source.ts';

/** Where the pull stands. A cursor has these and nothing else. */
export interface Place {
  /** All that changed before is stored; null at first. */
  since: string | null;
  /** Of a bulk operation: its id, and the parts and families of its file that are stored. */
  operation: string | null;
  part: number;
  done: number;
  /** Of pages: the last one that is stored, and up to when all changes are seen once they end. */
  after: string | null;
  latest: string | null;
}

export function placeOf(cursor: Cursor | null): Place {
  const text = (name: string) => (typeof cursor?.[name] === 'string' ? cursor[name] : null);
  const number = (name: string) => Number(cursor?.[name] ?? 0);
  return {
    since: text('since'),
    operation: text('operation'),
    part: number('part'),
    done: number('done'),
    after: text('after'),
    latest: text('latest'),
  };
}

export const cursorOf = (place: Partial<Place>): Cursor => ({
  since: null,
  operation: null,
  part: 0,
  done: 0,
  after: null,
  latest: null,
  ...place,
});
