import { describe, expect, it } from 'vitest';
import { accept, choose, type Measured } from '../../src/clustering/k-rule.ts';

const limits = { minShare: 0.02, minSize: 100 };

/** A k that has nothing against it, but for what the test says. */
function measured(k: number, but: Partial<Measured> = {}): Measured {
  return {
    k,
    inertia: 1000 / k,
    silhouette: 0.2,
    reference: 0.1,
    delta: 0.1,
    jaccard: 0.95,
    overlap: 0.4,
    gain: 2,
    smallestSize: 500,
    smallestShare: 0.05,
    ...but,
  };
}

const choiceOf = (...rows: Measured[]) => choose(rows, limits);

describe('choose', () => {
  it('takes the largest k whose groups are stable, set apart and worth their while', () => {
    const { k, reason, table } = choiceOf(
      measured(2),
      measured(3),
      measured(4, { overlap: 0.9 }),
      measured(5),
      measured(6, { gain: 1.1 }),
      measured(7, { overlap: 0.8 }),
      measured(8, { jaccard: 0.6 }),
      measured(9, { smallestSize: 60 }),
      measured(10, { smallestShare: 0.01 }),
    );
    expect(k).toBe(5);
    expect(reason).toMatch(/^5 groups: the most .*95 %.*60 % emptier.*With more/);
    expect(table.map(row => row.eligible)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(table.map(row => row.why)).toEqual([
      expect.stringMatching(/too few groups/),
      expect.stringMatching(/set apart/),
      expect.stringMatching(/only 10 % emptier/),
      expect.stringMatching(/set apart/),
      expect.stringMatching(/only 1.1 times/),
      expect.stringMatching(/only 20 % emptier/),
      expect.stringMatching(/not stable: .* 60 %/),
      expect.stringMatching(/60 customers \(5 %\); at least 100 and 2 %/),
      expect.stringMatching(/500 customers \(1 %\)/),
    ]);
  });

  it('says so where the largest k that was tried is the one', () => {
    expect(choiceOf(measured(3), measured(4)).reason).toMatch(/More were not tried/);
  });

  it('takes the largest highly stable k where customers shade into each other', () => {
    const { k, reason } = choiceOf(
      measured(3, { overlap: 0.9 }),
      measured(4, { overlap: 0.9, delta: 0.06 }),
      measured(5, { overlap: 0.9, jaccard: 0.8 }),
      measured(6, { overlap: 0.9 }),
    );
    expect(k).toBe(4);
    expect(reason).toMatch(/borders are soft.*With 5 groups, the least stable would be only 80 % the same/);
  });

  it('takes no more than nine groups where customers shade into each other', () => {
    const { k } = choiceOf(...[7, 8, 9, 10, 11].map(each => measured(each, { overlap: 0.9 })));
    expect(k).toBe(9);
  });

  it('takes the most compact k where customers shade into each other and none is highly stable', () => {
    const soft = { overlap: 0.9, jaccard: 0.8 };
    expect(choiceOf(measured(3, soft), measured(4, { ...soft, delta: 0.2 }), measured(5, soft)).k).toBe(4);
  });

  it('finds no groups where none are more compact than in data without', () => {
    const { k, reason, table } = choiceOf(
      measured(2),
      measured(3, { delta: 0.03 }),
      measured(4, { delta: 0.01 }),
    );
    expect(k).toBeNull();
    expect(reason).toMatch(/^No stable groups here: .*at best 0.030 more/);
    expect(table.some(row => row.eligible)).toBe(false);
    // No row of the table praises what the choice refuses.
    expect(table[1]!.why).toMatch(/^hardly more compact than data without groups \(0.030 more\)$/);
  });

  it('finds no groups where each k has something against it', () => {
    const { k, reason } = choiceOf(
      measured(2),
      measured(3, { jaccard: 0.5 }),
      measured(4, { smallestSize: 3 }),
    );
    expect(k).toBeNull();
    expect(reason).toMatch(
      /4 would be the most compact, but: its smallest group has fewer than 10 customers/,
    );
  });

  it('finds no groups where two were the most that could be tried, and blames nothing else', () => {
    const { k, reason } = choiceOf(measured(2));
    expect(k).toBeNull();
    expect(reason).toMatch(/^No stable groups here: no more than two groups could be tried/);
  });
});

describe('accept', () => {
  it('takes what a person asked for, and says what speaks against it', () => {
    const { k, reason } = accept([measured(9, { jaccard: 0.5 })], limits, 9);
    expect(k).toBe(9);
    expect(reason).toMatch(/^9 groups, as asked for\. What the measures say of them: not stable/);
  });
});
