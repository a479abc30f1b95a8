import { asked, call, type EvalQuestion, figure, most } from './wanting.ts';

/** Groups that a filter makes are told to the nearest ten. */
const tens = { slack: 5 };

const standing = (id: string) => call('build_audience', { question: id }, [id]);

/** Answered with people, and what is to come. */
export const peopleQuestions: readonly EvalQuestion[] = [
  {
    id: 'made-recoverable',
    shop: 'made',
    question: asked('Who are our lapsed but recoverable customers?'),
    async expects(store) {
      const size = await store.standing('lapsed-but-recoverable');
      return {
        calls: [[standing('lapsed-but-recoverable')]],
        figures: [figure('lapsed but recoverable customers', 'people', size, tens)],
      };
    },
  },
  {
    id: 'living-recoverable',
    shop: 'living',
    question: asked('Whom can we win back?'),
    async expects(store) {
      const size = await store.standing('lapsed-but-recoverable');
      return {
        calls: [[standing('lapsed-but-recoverable')]],
        figures: [figure('customers to be won back', 'people', size, tens)],
      };
    },
  },
  {
    id: 'made-overdue',
    shop: 'made',
    question: asked('Who is overdue for an order?'),
    async expects(store) {
      const size = await store.standing('overdue');
      return { calls: [[standing('overdue')]], figures: [figure('overdue customers', 'people', size, tens)] };
    },
  },
  {
    id: 'living-discounts',
    shop: 'living',
    question: asked('How many customers only wait for discounts?'),
    async expects(store) {
      const size = await store.standing('discount-driven');
      return {
        calls: [[standing('discount-driven')]],
        figures: [figure('customers who wait for discounts', 'people', size, tens)],
      };
    },
  },
  {
    id: 'made-best-at-risk',
    shop: 'made',
    question: asked('Which of our best customers are slipping away?'),
    async expects(store) {
      const size = await store.standing('best-at-risk');
      return { calls: [[standing('best-at-risk')]], figures: [figure('best at risk', 'people', size, tens)] };
    },
  },
  {
    id: 'made-above-80',
    shop: 'made',
    question: asked('How many customers have a churn probability above 80 %?'),
    async expects(store) {
      return {
        calls: [
          [
            call('build_audience', { filter: { field: 'churn_probability', above: 0.8 } }, [
              'churn_probability',
              '0.8',
            ]),
          ],
        ],
        figures: [
          figure('customers above 80 %', 'people', await store.above('churn_probability', 0.8), tens),
        ],
      };
    },
  },
  {
    id: 'made-expected',
    shop: 'made',
    question: asked('What do you expect each segment to spend over the next 12 months?'),
    expects: ({ segments }) => ({
      calls: [[call('show_predictions')]],
      figures: segments.map(({ name, predicted }) =>
        figure(`expected of ${name}`, 'money', predicted.lifetimeValue, { of: name }),
      ),
    }),
  },
  {
    id: 'living-churn',
    shop: 'living',
    question: asked('Which segment is most likely to churn, and how likely is it?'),
    expects(store) {
      const first = most(store, ({ churn }) => churn);
      return {
        calls: [[call('show_predictions'), call('list_segments')]],
        figures: [figure(`churn of ${first.name}`, 'share', first.churn, { of: first.name })],
        names: [first.name],
      };
    },
  },
  {
    id: 'made-trust',
    shop: 'made',
    question: asked('How far can we trust the predictions?'),
    expects: () => ({ calls: [[call('show_predictions')]] }),
  },
  {
    id: 'living-budget',
    shop: 'living',
    question: asked('Where would a budget of £500 at £2 a contact do most?'),
    async expects(store) {
      const { contacts, first } = await store.budget(500, 2);
      return {
        calls: [[call('plan_budget', { budget: 500, cost: 2 }, ['"budget":500', '"cost":2'])]],
        figures: [figure('contacts', 'people', contacts, tens)],
        says: [first],
      };
    },
  },
];
