/** A distribution over whole numbers: how likely `from + i` is, up to a common factor. What is below 1e-30 of the mode is left out. */
export interface WholeNumbers {
  from: number;
  weights: Float64Array;
}

/** How many of `draws` of `all` things, without replacement, are among `marked` of them. */
export function hypergeometric(all: number, marked: number, draws: number): WholeNumbers {
  const low = Math.max(0, draws + marked - all);
  const high = Math.min(draws, marked);
  const mode = Math.floor(((draws + 1) * (marked + 1)) / (all + 2));
  return around(
    mode,
    low,
    high,
    x => ((marked - x) * (draws - x)) / ((x + 1) * (all - marked - draws + x + 1)),
  );
}

/** How many of `trials` succeed, each with probability `chance`. */
export function binomial(trials: number, chance: number): WholeNumbers {
  if (chance <= 0 || chance >= 1) return { from: chance <= 0 ? 0 : trials, weights: Float64Array.of(1) };
  const odds = chance / (1 - chance);
  return around(Math.floor((trials + 1) * chance), 0, trials, x => ((trials - x) / (x + 1)) * odds);
}

const LEAST = 1e-30;

/** From the mode outwards, by how much likelier each number is than the one before. */
function around(mode: number, low: number, high: number, rise: (x: number) => number): WholeNumbers {
  const middle = Math.min(high, Math.max(low, mode));
  const above = falling(middle, high, rise, 1);
  const below = falling(middle, low, x => 1 / rise(x - 1), -1);
  return { from: middle - below.length, weights: Float64Array.from([...below.reverse(), 1, ...above]) };
}

function falling(mode: number, end: number, times: (x: number) => number, step: 1 | -1): number[] {
  const weights: number[] = [];
  let weight = 1;
  for (let x = mode; x !== end && weight > LEAST; x += step) {
    weight *= times(x);
    weights.push(weight);
  }
  return weights;
}
