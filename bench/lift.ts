import { parseArgs } from 'node:util';
import { type MadeCampaign, simulate } from './lift-simulation.ts';

/**
 * npm run bench -- lift: made campaigns of which the truth is known, with and without an effect, small holdouts included.
 * Says how often 95 % intervals cover it, and how often a report as a whole raises a false alarm.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== 'lift'),
  options: { campaigns: { type: 'string', default: '400' }, seed: { type: 'string', default: '1' } },
});

const made: readonly (MadeCampaign & { name: string })[] = [
  {
    name: '8,000 customers, 10 % held out, nothing',
    segments: segmentsOf(8000),
    holdout: 0.1,
    sigma: 0.8,
    lift: 1,
  },
  {
    name: '8,000 customers, 5 % held out, nothing',
    segments: segmentsOf(8000),
    holdout: 0.05,
    sigma: 0.8,
    lift: 1,
  },
  {
    name: '2,500 customers, 5 % held out, nothing',
    segments: segmentsOf(2500),
    holdout: 0.05,
    sigma: 0.9,
    lift: 1,
  },
  {
    name: '8,000 customers, 10 % held out, a quarter more',
    segments: segmentsOf(8000),
    holdout: 0.1,
    sigma: 1,
    lift: 1.25,
  },
  {
    name: '30,000 customers, 5 % held out, a quarter more',
    segments: segmentsOf(30_000),
    holdout: 0.05,
    sigma: 0.8,
    lift: 1.25,
  },
];

for (const { name, ...campaign } of made) {
  const start = process.hrtime.bigint();
  const { campaigns, coverage, falseAlarms, seen } = simulate(
    campaign,
    Number(values.campaigns),
    Number(values.seed),
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(`${name}: ${campaigns} reports in ${seconds.toFixed(0)} s`);
  console.log(`  reports with a false alarm  ${percent(falseAlarms, campaigns)}`);
  if (campaign.lift !== 1) console.log(`  more orders were seen       ${percent(seen, campaigns)}`);
  for (const [metric, { covered, of }] of Object.entries(coverage))
    console.log(
      `  ${`${metric} covered`.padEnd(26)}  ${of === 0 ? 'never told' : `${percent(covered, of)} of ${of}`}`,
    );
}

/** Five segments of unlike sizes, whose customers order more or less often. */
function segmentsOf(customers: number): MadeCampaign['segments'] {
  const shares = [0.35, 0.25, 0.2, 0.15, 0.05];
  const rates = [0.12, 0.08, 0.2, 0.05, 0.1];
  return shares.map((share, i) => ({ customers: Math.round(customers * share), rate: rates[i]! }));
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
