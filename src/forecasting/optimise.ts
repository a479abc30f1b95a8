/** Value at a point; writes its partial derivatives into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface Maximum {
  point: Float64Array;
  value: number;
  /** Of the negative Hessian there, as far as it was learnt on the way. */
  inverse: Float64Array[];
  /** Whether the slope there is flat in every direction, to the tolerance. */
  converged: boolean;
}

const mostIterations = 500;
const mostTrials = 40;
/** Longest step, in units of the point: a factor of e^1.5 where the point is a logarithm. */
const longestStep = 1.5;

/**
 * A local maximum by BFGS with steps that meet the weak Wolfe conditions (Lewis & Overton 2013). Deterministic. The
 * objective may be -Infinity where it is not defined: such steps are taken back.
 *
 * @param tolerance largest partial derivative at which it stops
 * @param known inverse of the negative Hessian about the start, where one is known
 */
export function maximise(
  objective: Objective,
  start: ArrayLike<number>,
  tolerance: number,
  known?: Float64Array[],
): Maximum {
  const n = start.length;
  let point = Float64Array.from(start);
  let gradient = new Float64Array(n);
  let value = objective(point, gradient);
  if (!Number.isFinite(value)) throw new RangeError('the start has no finite value');
  let inverse = known ?? scaledIdentity(n, 1 / Math.max(norm(gradient), 1e-300));
  let fresh = known === undefined;
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    if (largest(gradient) <= tolerance) return { point, value, inverse, converged: true };
    let direction = times(inverse, gradient);
    if (!(dot(direction, gradient) > 0)) {
      inverse = scaledIdentity(n, 1 / norm(gradient));
      fresh = true;
      direction = times(inverse, gradient);
    }
    // What is left to gain drowns in the rounding of the value.
    if (!fresh && dot(direction, gradient) <= 1e-14 * Math.abs(value))
      return { point, value, inverse, converged: true };
    const next = search(objective, point, value, gradient, direction);
    if (next === null) {
      if (fresh) break;
      // The curvature learnt so far misleads: once more from the slope alone.
      inverse = scaledIdentity(n, 1 / norm(gradient));
      fresh = true;
      continue;
    }
    inverse = updated(inverse, point, next.point, gradient, next.gradient, fresh);
    fresh = false;
    ({ point, value, gradient } = next);
  }
  return { point, value, inverse, converged: largest(gradient) <= tolerance };
}

interface Step {
  point: Float64Array<ArrayBuffer>;
  value: number;
  gradient: Float64Array<ArrayBuffer>;
}

/** null: no higher value along the direction. */
function search(
  objective: Objective,
  point: Float64Array,
  value: number,
  gradient: Float64Array,
  direction: Float64Array,
): Step | null {
  const slope = dot(direction, gradient);
  let low = 0;
  let high = Infinity;
  const longest = longestStep / norm(direction);
  let length = Math.min(1, longest);
  let best: Step | null = null;
  for (let trial = 0; trial < mostTrials; trial++) {
    const at = point.map((x, i) => x + length * direction[i]!);
    const step: Step = { point: at, value: 0, gradient: new Float64Array(at.length) };
    step.value = objective(at, step.gradient);
    if (!(step.value >= value + 1e-4 * length * slope)) {
      high = length;
    } else {
      best = step;
      if (length === longest || dot(direction, step.gradient) <= 0.9 * slope) return step;
      low = length;
    }
    length = high < Infinity ? (low + high) / 2 : Math.min(2 * low, longest);
    if (best !== null && high - low <= 1e-3 * high) break;
  }
  return best !== null && best.value > value ? best : null;
}

/** The BFGS update of the inverse of the negative Hessian. */
function updated(
  inverse: Float64Array[],
  from: Float64Array,
  to: Float64Array,
  gradientFrom: Float64Array,
  gradientTo: Float64Array,
  fresh: boolean,
): Float64Array[] {
  const n = from.length;
  const moved = to.map((x, i) => x - from[i]!);
  const change = gradientFrom.map((g, i) => g - gradientTo[i]!);
  const curvature = dot(moved, change);
  if (!(curvature > 1e-12 * norm(moved) * norm(change))) return inverse;
  const base = fresh ? scaledIdentity(n, curvature / dot(change, change)) : inverse;
  const along = times(base, change);
  const factor = (1 + dot(change, along) / curvature) / curvature;
  return base.map((row, i) =>
    row.map(
      (h, j) =>
        h + factor * moved[i]! * moved[j]! - (along[i]! * moved[j]! + moved[i]! * along[j]!) / curvature,
    ),
  );
}

function scaledIdentity(n: number, scale: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => new Float64Array(n).fill(scale, i, i + 1));
}

function times(matrix: readonly Float64Array[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, row => dot(row, vector));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function largest(vector: Float64Array): number {
  return vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
}
