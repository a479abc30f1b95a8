import {
  asked,
  call,
  type EvalQuestion,
  either,
  figure,
  largest,
  most,
  ofSegment,
  riskOf,
  sizeOf,
  wholeSlack,
} from './wanting.ts';

const list = call('list_segments');

/** About the segments and the shop as they stand. */
export const standingQuestionsSet: readonly EvalQuestion[] = [
  {
    id: 'made-all-segments',
    shop: 'made',
    question: asked('Which segments do we have, and how large are they?'),
    expects: ({ segments }) => ({ calls: [[list]], figures: segments.map(sizeOf) }),
  },
  {
    id: 'living-all-segments',
    shop: 'living',
    question: asked('List our segments with their sizes, please.'),
    expects: ({ segments }) => ({ calls: [[list]], figures: segments.map(sizeOf) }),
  },
  {
    id: 'made-most-revenue',
    shop: 'made',
    question: asked('Which of our segments brought in the most revenue?'),
    expects(store) {
      const first = most(store, ({ revenue }) => revenue);
      return {
        calls: [[list, ofSegment(first)]],
        figures: [figure(`revenue of ${first.name}`, 'money', first.revenue, { of: first.name })],
        names: [first.name],
      };
    },
  },
  {
    id: 'living-largest',
    shop: 'living',
    question: asked('What share of our customers is in the largest group?'),
    expects(store) {
      const first = largest(store);
      return {
        calls: [[list]],
        figures: [
          sizeOf(first),
          figure(`share of ${first.name}`, 'share', first.share, { of: first.name, slack: 0.005 }),
        ],
        names: [first.name],
      };
    },
  },
  {
    id: 'made-one-segment',
    shop: 'made',
    question: ({ segments }) => `Who are the ${segments[2]!.name.toLowerCase()}, and what are they worth?`,
    expects({ segments }) {
      const segment = segments[2]!;
      return {
        calls: [[ofSegment(segment), call('find_segments', { description: segment.name }), list]],
        figures: [
          sizeOf(segment),
          figure(`revenue of ${segment.name}`, 'money', segment.revenue, { of: segment.name }),
        ],
        names: [segment.name],
      };
    },
  },
  {
    id: 'living-one-segment',
    shop: 'living',
    question: store => `Tell me about the ${most(store, ({ revenue }) => revenue).name.toLowerCase()}.`,
    expects(store) {
      const segment = most(store, ({ revenue }) => revenue);
      return {
        calls: [[ofSegment(segment), call('find_segments', { description: segment.name })]],
        figures: [sizeOf(segment)],
        names: [segment.name],
      };
    },
  },
  {
    id: 'made-compare',
    shop: 'made',
    question: ({ segments }) => `How do ${segments[0]!.name} and ${segments[1]!.name} differ?`,
    expects({ segments: [a, b] }) {
      return {
        calls: [[call('compare_segments', { segments: [a!.key, b!.key] }, [either(a!), either(b!)])]],
        figures: [sizeOf(a!), sizeOf(b!)],
        names: [a!.name, b!.name],
      };
    },
  },
  {
    id: 'living-compare',
    shop: 'living',
    question: ({ segments }) => `Compare ${segments[2]!.name} with ${segments[3]!.name}.`,
    expects({ segments: [, , a, b] }) {
      return {
        calls: [[call('compare_segments', { segments: [a!.key, b!.key] }, [either(a!), either(b!)])]],
        figures: [sizeOf(a!), sizeOf(b!)],
        names: [a!.name, b!.name],
      };
    },
  },
  {
    id: 'made-overview',
    shop: 'made',
    question: asked('How many customers do we have?'),
    expects: store => ({
      calls: [[call('shop_overview'), list]],
      figures: [figure('customers', 'people', store.buyers, { slack: wholeSlack(store) })],
    }),
  },
  {
    id: 'living-risk',
    shop: 'living',
    question: asked('How much value is at risk in each segment?'),
    expects: ({ segments }) => ({
      calls: [[call('show_predictions'), list]],
      figures: segments.map(riskOf),
    }),
  },
  {
    id: 'made-sensitive',
    shop: 'made',
    question: asked('Does anything in our data count as sensitive?'),
    expects: () => ({ calls: [[call('review_sensitive')]] }),
  },
  {
    id: 'made-model-card',
    shop: 'made',
    question: asked('How were the segments found, and on which date?'),
    expects: ({ segments }) => ({
      calls: [[call('show_model_card'), call('shop_overview')]],
      figures: [figure('number of segments', 'count', segments.length)],
    }),
  },
  {
    id: 'made-email-features',
    shop: 'made',
    question: asked('What do we measure about how customers react to our e-mails?'),
    expects: () => ({
      calls: [
        [
          call('list_features', { class: 'engagement' }, [
            ['engagement', 'email', 'e-mail', 'mail', 'click', 'open'],
          ]),
        ],
      ],
    }),
  },
];
