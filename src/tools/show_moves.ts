import { z } from 'zod';
import { type Flow, isSegment, movesBetween } from '../segmentation/moves/between.ts';
import { lapsedKeys } from '../segmentation/moves/lapsed.ts';
import { namedMoves } from '../segmentation/moves/named.ts';
import { namesOf } from '../segmentation/moves/names.ts';
import { type Move, newcomer } from '../segmentation/refresh/record.ts';
import { SMALLEST_REPORTED, tamed } from '../segmentation/wording.ts';
import { coarse, coarseSum, toTens, type Whole, wholeOf } from './results/coarse.ts';
import { readSegments } from './results/segment-figures.ts';
import { count, day, few, money, people, peopleOf } from './results/values.ts';
import { tool } from './tool.ts';

const MOST_MOVES = 12;
/** What is usual is told from so many refreshes: the whole of a long history takes a while to read. */
const OF_A_YEAR = 54;
const MOST_RECORDS = 1000;

/** Of segments; "new", "gone" and "set-aside" stand beside them. Names may be those of several. */
const keys = { fromKey: z.string(), toKey: z.string() };
const flow = z.object({ customers: people, revenueLastYear: money.nullable() });

export const showMovesTool = tool({
  name: 'show_moves',
  title: 'Show moves between segments',
  description:
    'Who moved from which segment to which between two dates, and why; how many joined, lapsed, came back. Without dates: the last refresh, else counts are to the nearest ten.',
  input: z.object({
    from: day.optional().describe('YYYY-MM-DD: moves after it'),
    to: day.optional().describe('YYYY-MM-DD: up to it'),
  }),
  output: z.object({
    asOf: day,
    from: day,
    currency: z.string().nullable(),
    /** Those whose moves are joined: a customer who moved at two of them counts at each. */
    refreshes: count,
    /** Dates at which other segments took the place of those before: a change of segment there is no move. */
    replaced: z.array(z.object({ asOf: day, kind: z.enum(['fit', 'promotion', 'rollback']) })),
    newcomers: flow,
    lapsed: flow,
    cameBack: flow,
    /** Those that matter most, with what drove them. */
    sentences: z.array(z.string()),
    /** Which move each sentence tells of. */
    sentenceKeys: z.array(z.object(keys)),
    moves: z.array(z.object({ from: z.string(), to: z.string(), ...keys, ...flow.shape })),
    /** Pairs that are not listed, most of them of fewer than ten customers. */
    more: count,
    /** At `asOf`, with the change since `from`; null where there is nothing to compare. */
    segments: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        customers: people.nullable(),
        grew: people.nullable(),
        shrank: people.nullable(),
      }),
    ),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }, { from, to }) {
    const far = from !== undefined || to !== undefined;
    const { model, records, currency } = await readSegments(state, far ? MOST_RECORDS : OF_A_YEAR);
    const lapsed = lapsedKeys(model);
    const found = movesBetween(records, { from, to }, lapsed);
    // Of two pairs of dates that differ by one refresh, the moves of that one would follow, and those of a few with them.
    const between = far ? { ...found, moves: found.moves.map(inTens) } : found;
    /** A sum of moves, of which those of fewer than ten are not listed and must not follow from it. */
    const sumOf = (counts: (move: Move) => boolean) =>
      far ? coarse : wholeOf(between.moves.filter(counts).map(({ customers }) => customers));
    const lapses = ({ from, to }: Move) =>
      isSegment(from) && isSegment(to) && !lapsed.has(from) && lapsed.has(to);
    const returns = ({ from, to }: Move) => lapses({ from: to, to: from } as Move);
    const names = namesOf(records);
    const nameOf = (key: string) => tamed(names.get(key) ?? key);
    const told = between.moves.filter(({ customers }) => customers >= SMALLEST_REPORTED);
    const listed = told.slice(0, MOST_MOVES);
    const named = namedMoves(between, records, model);
    const keysOf = ({ from, to }: Move) => ({ fromKey: from, toKey: to });
    return {
      asOf: between.to,
      from: between.from,
      currency,
      refreshes: between.refreshes.length,
      replaced: between.replaced,
      newcomers: flowOf(
        between.newcomers,
        sumOf(({ from }) => from === newcomer),
      ),
      lapsed: flowOf(between.lapsed, sumOf(lapses)),
      cameBack: flowOf(between.returned, sumOf(returns)),
      sentences: named.map(({ sentence }) => sentence),
      sentenceKeys: named.map(keysOf),
      moves: listed.map(move => ({
        from: nameOf(move.from),
        to: nameOf(move.to),
        ...keysOf(move),
        ...flowOf(move, wholeOf([])),
      })),
      more: between.moves.length - listed.length,
      segments: between.segments.map(({ key, name, before, after }) => ({
        key,
        name: tamed(name),
        customers: after === null ? null : (far ? coarse.people : peopleOf)(after),
        ...changeOf(
          before,
          after,
          sumOf(({ from, to }) => from === key || to === key),
        ),
      })),
    };
  },
});

function inTens(move: Move): Move {
  return {
    ...move,
    customers: toTens(move.customers),
    revenueLastYear: coarseSum(move.revenueLastYear),
  };
}

function flowOf({ customers, revenueLastYear }: Flow, whole: Whole): z.input<typeof flow> {
  return {
    customers: whole.people(customers),
    revenueLastYear: customers < SMALLEST_REPORTED ? null : whole.money(revenueLastYear),
  };
}

/** How it changed, beside its size of now only: the two together would tell the size of before. */
function changeOf(before: number | null, after: number | null, whole: Whole) {
  if (before === null || after === null || before === after) return { grew: null, shrank: null };
  const withheld = before < SMALLEST_REPORTED || after < SMALLEST_REPORTED;
  const change = withheld ? few : whole.people(Math.abs(after - before));
  return after > before ? { grew: change, shrank: null } : { grew: null, shrank: change };
}
