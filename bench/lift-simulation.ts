import { armOf } from '../src/activation/lift/arms.ts';
import { type Comparison, compareArms } from '../src/activation/lift/compare.ts';
import { correctedP } from '../src/activation/lift/family.ts';
import { judged } from '../src/activation/lift/judge.ts';
import type { Outcome } from '../src/activation/lift/outcomes.ts';
import { type Metric, metrics } from '../src/activation/lift/report.ts';
import { createRandom, type Random } from '../src/clustering/random.ts';

/** A made campaign: order values are log-normal, most customers order nothing, and some order several times. */
export interface MadeCampaign {
  /** Customers of each segment, and the share of them who order anyway. */
  segments: readonly { customers: number; rate: number }[];
  holdout: number;
  /** Of the logarithm of an order. */
  sigma: number;
  /** By what the campaign multiplies the share who order; 1 changes nothing. */
  lift: number;
}

/** How often an interval covered the truth, of how many there were. */
export interface Covered {
  covered: number;
  of: number;
}

export interface Simulated {
  campaigns: number;
  coverage: Record<Metric, Covered>;
  /** Campaigns of whose report any answer was proven in a direction in which nothing is. */
  falseAlarms: number;
  /** Campaigns that were said to work, over all. */
  seen: number;
}

const MEAN_LOG = 3.6;
const AGAIN = 0.25;
const RETURNED = 0.2;
const RETAINED = 0.3;

/** Draws campaigns, compares them as a report does, and holds the answers against what was made. */
export function simulate(made: MadeCampaign, campaigns: number, seed: number): Simulated {
  const coverage = Object.fromEntries(
    metrics.map(metric => [metric, { covered: 0, of: 0 }]),
  ) as Simulated['coverage'];
  let [falseAlarms, seen] = [0, 0];
  for (let i = 0; i < campaigns; i++) {
    const groups = comparisons(made, createRandom(seed, i));
    const corrected = correctedP(
      groups.flatMap(({ compared }) => compared.map(({ p }) => p)),
      groups.flatMap(({ compared }, group) =>
        compared.map(({ metric }) => group === 0 && (metric === 'revenue' || metric === 'conversion')),
      ),
      { number: 1, day: 30, level: 0.05 },
    );
    let wrong = false;
    for (const [group, { compared, truth }] of groups.entries())
      for (const [at, comparison] of compared.entries()) {
        const { metric, figures } = comparison;
        const true_ = truth[metric];
        if (figures) {
          coverage[metric].of++;
          if (figures.low <= true_ && true_ <= figures.high) coverage[metric].covered++;
        }
        const told = judged({ ...comparison, ofFew: false }, corrected[group * metrics.length + at]!, false);
        const proven = told.verdict === 'works' || told.verdict === 'harms';
        if (proven && (true_ === 0 || Math.sign(figures!.difference) !== Math.sign(true_))) wrong = true;
        if (proven && group === 0 && metric === 'conversion') seen++;
      }
    if (wrong) falseAlarms++;
  }
  return { campaigns, coverage, falseAlarms, seen };
}

interface Group {
  compared: Comparison[];
  truth: Record<Metric, number>;
}

function comparisons(made: MadeCampaign, random: Random): Group[] {
  const drawn = made.segments.map(({ customers, rate }, segment) => {
    const treated: Outcome[] = [];
    const holdout: Outcome[] = [];
    for (let i = 0; i < customers; i++) {
      const heldOut = random.uniform() < made.holdout;
      (heldOut ? holdout : treated).push(
        outcome(random, { segment, rate: heldOut ? rate : rate * made.lift, sigma: made.sigma }),
      );
    }
    return { treated, holdout };
  });
  const whole = {
    treated: drawn.flatMap(({ treated }) => treated),
    holdout: drawn.flatMap(({ holdout }) => holdout),
  };
  const size = made.segments.reduce((sum, { customers }) => sum + customers, 0);
  const mean = made.segments.reduce((sum, { customers, rate }) => sum + (rate * customers) / size, 0);
  return [
    { ...whole, rate: mean },
    ...drawn.map((arms, i) => ({ ...arms, rate: made.segments[i]!.rate })),
  ].map(({ treated, holdout, rate }) => ({
    compared: compareArms(armOf(treated), armOf(holdout)),
    truth: truthOf(rate, made),
  }));
}

/** Every segment orders alike but for how many do, so that orders cost the same in all of them. */
function truthOf(rate: number, { lift, sigma }: MadeCampaign): Group['truth'] {
  const perOrderer = Math.exp(MEAN_LOG + (sigma * sigma) / 2) / (1 - AGAIN);
  const more = rate * (lift - 1);
  return { conversion: more, revenue: more * perOrderer, 'order-value': 0, returns: 0, retention: 0 };
}

function outcome(
  random: Random,
  { segment, rate, sigma }: { segment: number; rate: number; sigma: number },
): Outcome {
  let [orders, cents] = [0, 0];
  if (random.uniform() < rate)
    do {
      orders++;
      cents += Math.round(100 * Math.exp(MEAN_LOG + sigma * random.normal()));
    } while (random.uniform() < AGAIN);
  return {
    segment: String(segment),
    arm: 'treated',
    returnsDue: true,
    retentionDue: true,
    orders,
    cents,
    returned: orders > 0 && random.uniform() < RETURNED,
    retained: random.uniform() < RETAINED,
    customers: 1,
  };
}
