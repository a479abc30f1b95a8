import { newcomer } from '../../../src/segmentation/refresh/record.ts';
import type { Store } from '../store.ts';
import { asked, call, type EvalQuestion, figure } from './wanting.ts';

/** Sums of moves are told to the nearest ten where some of them are withheld. */
const SUM_SLACK = 5;

function joined({ record }: Store): number {
  return record.moves
    .filter(({ from }) => from === newcomer)
    .reduce((sum, { customers }) => sum + customers, 0);
}

/** The largest move between two segments. */
function mainMove({ record, segments }: Store) {
  const keys = new Set(segments.map(({ key }) => key));
  const [first] = record.moves
    .filter(({ from, to }) => keys.has(from) && keys.has(to))
    .sort((a, b) => b.customers - a.customers);
  return first!;
}

/** What changed, and changes that are asked for. */
export const changeQuestions: readonly EvalQuestion[] = [
  {
    id: 'living-moves',
    shop: 'living',
    question: asked('Who moved between segments at the last refresh?'),
    expects: store => ({
      calls: [[call('show_moves')]],
      figures: [figure('the largest move between segments', 'people', mainMove(store).customers)],
    }),
  },
  {
    id: 'living-joined',
    shop: 'living',
    question: asked('How many customers joined since the refresh before?'),
    expects: store => ({
      calls: [[call('show_moves')]],
      figures: [figure('customers who joined', 'people', joined(store), { slack: SUM_SLACK })],
    }),
  },
  {
    id: 'living-drift',
    shop: 'living',
    question: asked('What changed at the last refresh, and should we worry?'),
    expects: ({ record }) => ({
      calls: [[call('show_drift')]],
      figures: record.findings
        .filter(({ kind }) => kind === 'price')
        .map(({ measure }) => figure('the rise of prices', 'share', measure.value)),
    }),
  },
  {
    id: 'made-drift',
    shop: 'made',
    question: asked('Is anything unusual going on?'),
    expects: () => ({ calls: [[call('show_drift'), call('shop_overview')]] }),
  },
  {
    id: 'living-proposals',
    shop: 'living',
    question: asked('Are any proposals waiting for us?'),
    expects: () => ({ calls: [[call('shop_overview')]] }),
  },
];
