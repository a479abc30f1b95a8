import { describe, expect, it } from 'vitest';
import { type Covered, type MadeCampaign, simulate } from '../../bench/lift-simulation.ts';

const segments: MadeCampaign['segments'] = [
  { customers: 1400, rate: 0.15 },
  { customers: 900, rate: 0.08 },
  { customers: 300, rate: 0.25 },
];

/** Within three standard errors of 95 %; segments and their whole tell much the same, so that there are fewer than they seem. */
function expectNear95({ covered, of }: Covered): void {
  const chance = 3 * Math.sqrt((0.95 * 0.05) / (of / 2 || 1));
  expect(Math.abs(covered / (of || 1) - 0.95)).toBeLessThanOrEqual(of === 0 ? 1 : chance);
}

// The full run is `npm run bench -- lift`.
describe('made campaigns', () => {
  it('that change nothing raise few false alarms, and intervals cover that, also with 5 % held out', () => {
    const { campaigns, falseAlarms, coverage } = simulate(
      { segments, holdout: 0.05, sigma: 0.8, lift: 1 },
      80,
      1,
    );
    expect(falseAlarms / campaigns).toBeLessThanOrEqual(0.05);
    for (const covered of Object.values(coverage)) expectNear95(covered);
    // So few are held out that money is told of none.
    expect(coverage.revenue.of).toBe(0);
    expect(coverage.conversion.of).toBeGreaterThan(3.8 * campaigns);
  });

  it('that do something are mostly seen, in the right direction, and intervals cover what they do', () => {
    const { campaigns, falseAlarms, seen, coverage } = simulate(
      { segments, holdout: 0.1, sigma: 0.8, lift: 1.8 },
      80,
      2,
    );
    expect(falseAlarms / campaigns).toBeLessThanOrEqual(0.05);
    expect(seen / campaigns).toBeGreaterThan(0.5);
    for (const covered of Object.values(coverage)) expectNear95(covered);
  });

  it('a comparison that took every interval for proof would raise far more of them', () => {
    const made = { segments, holdout: 0.1, sigma: 0.8, lift: 1 };
    const { coverage, campaigns } = simulate(made, 40, 3);
    const missed = Object.values(coverage).reduce((sum, { covered, of }) => sum + of - covered, 0);
    expect(missed / campaigns).toBeGreaterThan(0.25);
  });
});
