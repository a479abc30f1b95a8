import type { Claim } from './claims.ts';
import { joined, measureWords, saysNothing, type Words } from './measure-words.ts';

/** Where what is said of one figure ends and what is said of the next begins. */
const apart =
  /[.;:!?()|,—–•]|\s(?:and|but|while|whereas|with|though|or|against|compared|than|where|who|from|to|after)\s/g;

/** "85 % of their orders, against 33 % of all orders": of the same. */
const setAgainst = /\b(?:against|than|versus|vs\.?|compared (?:with|to)|where)\s+$/i;

const nothing: Words = { measures: new Set(), things: new Set() };

/**
 * What each figure of a text is said to be of: by the words right beside it; else by those before it; else by what was
 * said of the figure before, or by the line that begins the list.
 *
 * @param claims of the text, in their order
 * @param text names of segments were blanked in it, as "churn risks" are no churn
 */
export function wordsBeside(text: string, claims: readonly Claim[]): Words[] {
  const lines = text.split('\n');
  const found: Words[] = [];
  for (const [i, claim] of claims.entries()) {
    const line = lines[claim.line]!;
    const at = claim.before.length;
    const start = claim.at - at;
    const previous = claims[i - 1]?.line === claim.line ? claims[i - 1]! : null;
    const next = claims[i + 1]?.line === claim.line ? claims[i + 1]! : null;
    const from = previous === null ? 0 : previous.at + previous.text.length - start;
    const end = at + claim.text.length;
    const before = line
      .slice(Math.min(from, at), at)
      .split(apart)
      .filter(part => part !== undefined);
    const after = line.slice(end, next === null ? line.length : Math.max(end, next.at - start)).split(apart);
    const following = measureWords(after[0] ?? '');
    const preceding = before.reverse().map(measureWords);
    // What stands between two figures with nothing to part them is said of the first.
    const isShared = previous !== null && before.length === 1;
    const beside =
      isShared && !saysNothing(following) ? following : joined(preceding[0] ?? nothing, following);
    // The last of these was said of the figure before.
    const further = previous === null ? preceding : preceding.slice(0, -1);
    const own = saysNothing(beside) ? (further.find(words => !saysNothing(words)) ?? nothing) : beside;
    const last = previous === null ? null : found[i - 1]!;
    const isRival = last !== null && own.measures.size === 0 && setAgainst.test(claim.before);
    if (saysNothing(own)) found.push(inherited(lines, claim, last));
    else found.push(isRival ? joined(own, last) : own);
  }
  return found;
}

function inherited(lines: readonly string[], { line }: Claim, previous: Words | null): Words {
  if (previous !== null) return previous;
  if (!/^\s*(?:[-*•|]|\d+[.)])/.test(lines[line]!)) return nothing;
  const intro = lines.slice(0, line).findLast(each => each.trim().endsWith(':'));
  return intro === undefined ? nothing : measureWords(intro);
}
