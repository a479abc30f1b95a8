/** Written by hand from told-results.json, each figure true: what the check must let pass, and what is spoilt to prove it. */
export const trueAnswers: readonly string[] = [
  `Your lapsed but recoverable customers are **Lapsed but recoverable**: 733 customers (14 % of all), who brought £254k of revenue and put £238k at risk. They ordered last 208 days ago but visited 8.4 days ago, and leave a full cart behind on 55 % of visits (all customers: 26 %).

The saved audience a-01012e12 is stricter: 700 customers, 13 % of buyers, with £266,000 at risk.

**Next:** pick up the cart they left; \`kindred audience export a-01012e12 --to a-01012e12.csv\` writes the list.`,

  `**Price-driven occasional buyers** (988 customers, 18 %) live on offers: they use a discount on 85 % of their orders, against 33 % of all customers' orders, and the discount takes 22 % off the full price.

- They spend £24.61 an order, where all customers spend £42.02.
- They leave 68 days between orders; the shop as a whole leaves 37 days.
- Churn is 52 %, and £57,367 is at risk over the next 12 months.

**Next:** keep offers for quiet weeks.`,

  `Churn by segment, as of 2026-11-01 (chance of no order in the next 90 days):
- **Genuine churn risks**: 100 %, 736 customers
- **Lapsed but recoverable**: 99 %, 733 customers
- **Price-driven occasional buyers**: 52 %, 988 customers
- **High-value considered buyers**: 47 %, 556 customers
- **Multi-category explorers**: 14 %, 900 customers

These are predictions; who will not order was foretold 21 % too few last time (1,866 customers against 2,377).`,

  `**High-value considered buyers** bring the most: £616,229, or 19 % of revenue, from 556 customers (10 % of all). That is £1,108 a customer. They spend £222 an order and view 6.9 pages a visit before they decide.

What weighs against them: £204k at risk and a churn of 47 %; 46 % are overdue.`,

  `Explorers and loyalists differ in what they buy.

- **Multi-category explorers** put 3.3 different products into an order and look at 14 categories; **Single-category loyalists** put in 1.7 products and look at 7 categories.
- Orders per month: 0.73 for **Multi-category explorers**, 1.5 for **Single-category loyalists**.
- 21 % of the orders of **Multi-category explorers** come with a return, 9.2 % of those of **Single-category loyalists**.
- Clicks in e-mails: 22 % against 13 %; of all customers 12 %.

Value at risk is £90,651 for the explorers and £33,894 for the loyalists.`,

  `With £2,000 at £0.50 a contact, £1,990 is best spent on 3,980 contacts, for a gain of £24,900. The money comes back once 1 % of what is at risk is won back; the plan assumes 10 %, and a margin of 40 %.

1. **Lapsed but recoverable**: 620 contacts for £310, gain £7,820.
2. **High-value considered buyers**: 480 contacts for £240, gain £6,890.
3. **Genuine churn risks**: 420 contacts for £210, gain £4,620.

£10 is left over.

**Next:** \`kindred budget --budget 2000 --cost 0.5\` shows the whole plan.`,

  `The shop has 5,425 customers with 47,745 orders over 18 months; 509 more never ordered. They stand in 7 segments, found on 2026-11-01.

28 customers are set aside, as they buy or look far more than all others; they bring 22 % of revenue. Revenue in all is £3.18 million.

One proposal waits: p-1, under which 2,347 customers (43 %) would change segment.`,

  `Over the next 90 days **Single-category loyalists** are expected to place 3,298 orders, **Subscription-shaped buyers** 1,909 and **Multi-category explorers** 1,436. **Lapsed but recoverable** are expected to place 8.

The most value over the next 12 months is expected from **High-value considered buyers** (£387k), then from **Single-category loyalists** (£321k).

How far to trust it: 8,762 orders were foretold where 7,556 came, 16 % too many.`,

  `From 2026-10-25 to 2026-11-01, 64 customers joined, 39 lapsed (£11,843 of last year's revenue) and 17 came back.

- **Lapsed but recoverable** grew by 22 customers to 733.
- **Single-category loyalists** shrank by 39 customers to 822.
- **Multi-category explorers** grew by 12 %, from 804 to 900 customers.`,

  `Two things changed. The open rate of e-mails fell from 31 % to 24 %, and **High-value considered buyers** spend less: £38.20 per customer in the last 28 days, after £47.90 on 4 October. The rest of the shop rose by 3 % meanwhile.

**Next:** check the e-mail feed first.`,

  `Half of it is at the top: **Multi-category explorers** (£497,440), **Single-category loyalists** (£538,103) and **High-value considered buyers** (£616,229) together bring £1,651,772 of revenue.

**Subscription-shaped buyers** are the steadiest: 662 customers, back every 31 days, 79 % of their purchases the same again, a churn of 0.4 % and £16,233 at risk.`,

  `Mostly they are silent: **Genuine churn risks** (736 customers, £212,130 at risk) ordered last 305 days ago and open 15 % of e-mails. All of them are overdue (100 %).

By contrast **Lapsed but recoverable** click on 17 % of e-mails (all: 12 %), have been away 6.3 times their usual gap (all: 1.4 times) and buy something on 3.1 % of their visits, where 22 % is usual. Of the favourite category come 47 % of what they buy; of all customers 62 %.`,

  `| Segment | Customers | Share | Revenue | At risk |
|---|---|---|---|---|
| **Price-driven occasional buyers** | 988 | 18 % | £130k | £57k |
| **Subscription-shaped buyers** | 662 | 12 % | £299k | £16k |
| **Single-category loyalists** | 822 | 15 % | £538k | £34k |`,

  `Who may be written to: 620 customers of **Lapsed but recoverable** can be reached, with £203,000 at risk. The audience (700 customers) brought £301,000 in all, £209,000 of it in the last year; 119 orders are expected of it in the next 90 days, and £53,100 over the next 12 months. Of it, 570 customers stand in **Lapsed but recoverable** and 40 in **High-value considered buyers**.`,
];
