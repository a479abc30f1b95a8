import { type Archetype, least, most, stillBuying } from './archetype.ts';

/** Those who keep buying, by what brings them back. */
export const staying: readonly Archetype[] = [
  {
    id: 'champions',
    name: 'Champions',
    clauses: [
      { text: 'order often and lately, and spend the most' },
      { text: 'have spent {revenue} so far', when: '+revenue' },
      { text: 'ordered last {recency} ago', when: '-recency' },
    ],
    action:
      'Keep them close: early access, a named contact and thanks that are not a discount. Ask them for reviews and referrals.',
    avoid: 'Do not thank them with discounts, and do not send them what everybody gets.',
    neutralName: 'First to know',
    wants: {
      revenue: 1.2,
      orders: 1,
      orders_per_month: 1,
      recency: -0.7,
      order_value: 0.5,
      active_month_share: 0.5,
    },
    gates: [
      [least('revenue', 'difference', 0.8)],
      [least('orders', 'difference', 0.6)],
      [most('recency', 'difference', -0.2)],
    ],
  },
  {
    id: 'loyal_regulars',
    name: 'Loyal regulars',
    clauses: [
      { text: 'have come back for a long time and still do' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
      { text: 'first ordered {tenure} ago', when: '+tenure' },
    ],
    action:
      'Reward staying rather than buying more: loyalty points, refills on time, and a say in what comes next. Watch for the first missed order.',
    avoid: 'Do not press them to buy more, and do not show newcomers a better price than they get.',
    neutralName: 'Thank-you list',
    wants: { orders: 1, active_month_share: 0.8, tenure: 0.8, recency: -0.6, overdue_ratio: -0.3 },
    gates: [[least('orders', 'difference', 0.4)], [least('tenure', 'difference', 0)], [stillBuying]],
  },
  {
    id: 'single_category_loyalists',
    name: 'Single-category loyalists',
    clauses: [
      { text: 'come back again and again for one category' },
      { text: 'make {top_category_share} of their purchases in it', when: '+top_category_share' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
      {
        text: 'rarely need a discount ({discounted_order_share} of orders)',
        when: '-discounted_order_share',
      },
    ],
    action:
      'Feed the habit: news, refills and bundles in their category. Offer one neighbouring category at a time, and keep discounts away.',
    avoid: 'Do not send them the whole range at once, nor discounts on what they come back for anyway.',
    neutralName: 'News and refills',
    wants: {
      top_category_share: 1,
      category_entropy: -1,
      orders_per_month: 0.9,
      days_between_orders: -0.5,
      recency: -0.5,
      discounted_order_share: -0.4,
    },
    gates: [
      [least('top_category_share', 'mean', 0.6)],
      [least('top_category_share', 'difference', 0.3)],
      [least('orders_per_month', 'difference', 0.2)],
      [stillBuying],
    ],
  },
  {
    id: 'multi_category_explorers',
    name: 'Multi-category explorers',
    clauses: [
      { text: 'shop across many categories' },
      { text: 'look at {browse_breadth} categories on their visits', when: '+browse_breadth' },
      { text: 'put {basket_products} different products into an order', when: '+basket_products' },
      {
        text: 'make only {top_category_share} of their purchases in one category',
        when: '-top_category_share',
      },
    ],
    action:
      'Show them what is new across the range: collections, combinations and recommendations from categories they have not tried.',
    avoid: 'Do not narrow what they see to what they bought last.',
    neutralName: 'Across the range',
    wants: {
      category_entropy: 1,
      top_category_share: -1,
      browse_breadth: 0.7,
      basket_products: 0.5,
      sessions: 0.4,
      session_depth: 0.4,
    },
    gates: [[least('category_entropy', 'difference', 0.5)], [stillBuying]],
  },
  {
    id: 'category_specialists',
    name: 'Category specialists',
    clauses: [
      { text: 'keep to one category, without buying often' },
      { text: 'make {top_category_share} of their purchases in it', when: '+top_category_share' },
      { text: 'spend {order_value} an order', when: '+order_value' },
      { text: 'return after {days_between_orders}', when: '+days_between_orders' },
    ],
    action:
      'Speak to them as people who know the category: depth, accessories and expert content, and one neighbouring category to try.',
    avoid:
      'Do not explain the basics to them, and do not fill the wait between orders with offers from elsewhere.',
    neutralName: 'In depth',
    wants: {
      top_category_share: 1,
      category_entropy: -1,
      orders_per_month: -0.5,
      repeat_product_share: -0.3,
    },
    gates: [
      [least('top_category_share', 'mean', 0.6)],
      [least('top_category_share', 'difference', 0.3)],
      [most('orders_per_month', 'difference', 0.2)],
      [stillBuying],
    ],
  },
  {
    id: 'subscription_shaped',
    name: 'Subscription-shaped buyers',
    clauses: [
      { text: 'order at regular intervals, as if by subscription' },
      { text: 'come back every {days_between_orders}' },
      {
        text: 'buy the same again in {repeat_product_share} of their purchases',
        when: '+repeat_product_share',
      },
      { text: 'spend much the same each time ({order_value})', when: '-order_value_variation' },
    ],
    action:
      'Offer a subscription or a reminder timed to their own interval, and leave them alone in between. Treat a missed interval as an alarm.',
    avoid: 'Do not mail between orders, and do not discount what they order by themselves.',
    neutralName: 'Right on time',
    wants: {
      gap_variation: -1.3,
      repeat_product_share: 1,
      order_value_variation: -0.8,
      orders_per_month: 0.4,
      sessions: -0.3,
    },
    gates: [
      [most('gap_variation', 'difference', -0.7)],
      [most('gap_variation', 'median', 0.45)],
      [least('repeat_product_share', 'difference', 0), most('order_value_variation', 'difference', -0.3)],
      [stillBuying],
    ],
  },
  {
    id: 'active_repeaters',
    name: 'Active repeat buyers',
    clauses: [
      { text: 'have come back several times and are active now' },
      { text: 'have ordered {orders} times', when: '+orders' },
      { text: 'ordered last {recency} ago', when: '-recency' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
    ],
    action:
      'Make them regulars: show what goes with what they bought, remind them at their own pace, and let them feel the benefit of staying.',
    avoid: 'Do not give discounts for orders that they would place anyway.',
    neutralName: 'Goes well together',
    wants: { orders: 0.8, recency: -0.9, orders_per_month: 0.7, single_order: -0.6, recent_value_share: 0.3 },
    gates: [
      [least('orders', 'difference', 0.2)],
      [most('recency', 'difference', -0.3)],
      [most('single_order', 'mean', 0.2)],
      [stillBuying],
    ],
  },
  {
    id: 'slow_and_steady',
    name: 'Slow but steady buyers',
    clauses: [
      { text: 'return at long intervals, but do return' },
      { text: 'leave {days_between_orders} between orders', when: '+days_between_orders' },
      { text: 'first ordered {tenure} ago', when: '+tenure' },
      { text: 'spend {order_value} an order' },
    ],
    action:
      'Go at their pace: remind them shortly before the next order would be due, with what they bought last, and let them be in between.',
    avoid:
      'Do not take the long wait for a farewell: no offers to win them back before the next order is due.',
    neutralName: 'Quiet reminders',
    wants: { days_between_orders: 1, overdue_ratio: -0.7, single_order: -0.7, tenure: 0.4 },
    gates: [
      [least('days_between_orders', 'difference', 0.3)],
      [most('overdue_ratio', 'median', 1.2)],
      [most('single_order', 'mean', 0.3)],
    ],
  },
  {
    id: 'small_top_ups',
    name: 'Frequent small-order buyers',
    clauses: [
      { text: 'order often and little at a time' },
      { text: 'order {orders_per_month}', when: '+orders_per_month' },
      { text: 'spend {order_value} an order', when: '-order_value' },
    ],
    action:
      'Raise the basket gently: bundles, free delivery a little above their usual order, and add-ons at the till.',
    avoid:
      'Do not raise the threshold for free delivery far above their usual order, and do not discount single items.',
    neutralName: 'Bundles and add-ons',
    wants: { orders_per_month: 1, order_value: -1, basket_items: -0.5, basket_products: -0.4, recency: -0.3 },
    gates: [
      [least('orders_per_month', 'difference', 0.3)],
      [most('order_value', 'difference', -0.3)],
      [stillBuying],
    ],
  },
  {
    id: 'rising_spenders',
    name: 'Rising spenders',
    clauses: [
      { text: 'spend more with each order' },
      { text: 'spend {order_value} an order' },
      {
        text: 'brought {recent_value_share} of their revenue in the last 90 days',
        when: '+recent_value_share',
      },
    ],
    action: 'Go with the trend: show the next step up in what they buy, and make them feel noticed.',
    avoid: 'Do not slow them down with discounts on what they have outgrown.',
    neutralName: 'Next steps',
    wants: { value_trend: 1.2, recent_value_share: 0.7, recency: -0.4 },
    gates: [[least('value_trend', 'difference', 0.5)], [least('value_trend', 'mean', 0.05)], [stillBuying]],
  },
];
