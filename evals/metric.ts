import type { MetricScore } from './task.ts';

/** A measure of one thing that was written; null where it has nothing to look at there. */
export interface Metric<Written> {
  id: string;
  title: string;
  /** From here on the mean is good; null: it is told and not judged. */
  least: number | null;
  /** What falls short, a sentence each. */
  failures(written: Written): string[] | null;
}

/** What falls short by one of them. */
export function failuresBy<Written>(
  metrics: readonly Metric<Written>[],
  id: string,
  written: Written,
): string[] {
  return metrics.find(metric => metric.id === id)!.failures(written) ?? [];
}

/** A score by each of them. */
export function scoresBy<Written extends { id: string }>(
  metrics: readonly Metric<Written>[],
  all: readonly Written[],
): MetricScore[] {
  return metrics.map(metric => scoreOver(metric, all, ({ id }) => id));
}

/** The share of what was looked at in which nothing falls short. */
function scoreOver<Written>(
  { id, title, least, failures }: Metric<Written>,
  all: readonly Written[],
  where: (written: Written) => string,
): MetricScore {
  const looked = all.flatMap(written => {
    const found = failures(written);
    return found === null ? [] : [{ where: where(written), found }];
  });
  const good = looked.filter(({ found }) => found.length === 0);
  return {
    id,
    title,
    score: looked.length === 0 ? null : good.length / looked.length,
    least,
    looked: looked.length,
    failures: looked.flatMap(one => one.found.map(failure => `${one.where}: ${failure}`)),
    notRun: looked.length === 0 ? 'No case asks for it.' : null,
  };
}
