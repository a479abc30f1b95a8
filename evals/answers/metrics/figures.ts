import { type Claim, claimsIn } from '../../../src/agent/answer/claims.ts';
import { maskNames } from '../../../src/agent/answer/names-in-text.ts';
import type { WantedFigure, WrittenAnswer } from '../question.ts';

/** Every wanted figure stands in the text, told of the segment that it belongs to; null where none is wanted. */
export function figureFailures({ text, expected }: WrittenAnswer): string[] | null {
  if (expected.figures.length === 0) return null;
  const claims = claimsIn(maskNames(text).text).map(claim => ({
    claim,
    of: toldOf(claim, text, expected.segments),
  }));
  return expected.figures
    .filter(
      figure =>
        !claims.some(({ claim, of }) => isRight(claim, figure) && (figure.of === null || of.has(figure.of))),
    )
    .map(({ what, value, unit }) =>
      isFew(unit, value)
        ? `${what}: they are fewer than 10, and it does not say so.`
        : `${what}, ${Number(value.toPrecision(6))}, is not told as it is.`,
    );
}

/** The segments that stand in the first paragraph where the question asks which; null where it does not. */
export function namingFailures({ text, expected }: WrittenAnswer): string[] | null {
  if (expected.names.length === 0) return null;
  const [first = ''] = text.trim().split(/\n\s*\n/);
  const begin = first.toLowerCase();
  const named = firstNamed(begin, expected.segments);
  return expected.names.flatMap((name, i) => {
    if (!begin.includes(name.toLowerCase())) return [`The answer does not begin with ${name}.`];
    return i === 0 && named !== null && !expected.names.includes(named)
      ? [`The answer begins with ${named}.`]
      : [];
  });
}

const firstNamed = (text: string, segments: readonly string[]) =>
  segments
    .map(name => ({ name, at: text.indexOf(name.toLowerCase()) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0]?.name ?? null;

const isFew = (unit: WantedFigure['unit'], value: number) => unit === 'people' && value < 10;

function isRight(claim: Claim, { unit, value, slack }: WantedFigure): boolean {
  if (isFew(unit, value)) return claim.bound === 10;
  if (claim.bound !== null || !fits(claim, unit)) return false;
  // A figure of one digit may be far off and still right; one that could be anything says nothing.
  return Math.abs(claim.value - value) <= claim.rounding + slack && claim.rounding <= 0.5 * Math.abs(value);
}

function fits({ unit, value }: Claim, wanted: WantedFigure['unit']): boolean {
  if (wanted === 'people') return unit === 'people' || unit === null;
  if (wanted === 'count') return unit === null;
  if (wanted === 'share') return unit === 'share' || (unit === null && value <= 1);
  return unit === wanted;
}

/** Segments of which a figure may be told: named right after it ("158 of the …"), else last before it. */
function toldOf(claim: Claim, text: string, segments: readonly string[]): Set<string> {
  const end = claim.at + claim.text.length;
  const after = /^[^.;:\n]{0,30}?\b(?:in|of|for|from|among) (?:the )?\**/i.exec(text.slice(end));
  const following = after && segmentAt(text.slice(end + after[0].length), segments);
  if (following) return new Set([following]);
  const before = text.slice(0, claim.at).toLowerCase();
  const last = segments
    .map(name => ({ name, at: before.lastIndexOf(name.toLowerCase()) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at)[0];
  return new Set(last ? [last.name] : []);
}

const segmentAt = (text: string, segments: readonly string[]) =>
  segments.find(name => text.toLowerCase().startsWith(name.toLowerCase())) ?? null;
