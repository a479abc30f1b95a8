import type { PlanCounts } from '../sync.ts';

/** Counts of a plan as they come together, each by itself. */
export interface Tally {
  count(what: 'adds' | 'updates' | 'removes' | 'unchanged' | 'holdout'): void;
  suppress(reason: string): void;
  /** Of those there before: who stays, and whose place another member of the same address takes. */
  stays(): void;
  /** @throws Error where they do not add up: then nothing may be decided by them */
  counts(of: { members: number; before: number }, against: PlanCounts['against']): PlanCounts;
}

export function newTally(): Tally {
  const counted = { adds: 0, updates: 0, removes: 0, unchanged: 0, holdout: 0 };
  const reasons = new Map<string, number>();
  let staying = 0;
  return {
    count(what) {
      counted[what]++;
    },
    suppress(reason) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    stays() {
      staying++;
    },
    counts({ members, before }, against) {
      const suppressed = [...reasons]
        .map(([reason, customers]) => ({ reason, customers }))
        .sort((a, b) => b.customers - a.customers || (a.reason < b.reason ? -1 : 1));
      const { adds, updates, removes, unchanged, holdout } = counted;
      const left = suppressed.reduce((sum, { customers }) => sum + customers, 0);
      const told = adds + updates + unchanged + holdout + left;
      if (told !== members)
        throw new Error(`A plan tells of ${told} members of an audience that has ${members}.`);
      if (staying + removes !== before)
        throw new Error(`A plan tells of ${staying + removes} members there, where ${before} were.`);
      return { members, ...counted, suppressed, against };
    },
  };
}
