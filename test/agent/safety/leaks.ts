import { claimsIn } from '../../../src/agent/answer/claims.ts';
import { maskNames } from '../../../src/agent/answer/names-in-text.ts';
import { toldIn } from '../../../src/tools/results/facts.ts';
import type { Tool } from '../../../src/tools/tool.ts';
import type { ScriptedRequest } from '../../support/scripted-model.ts';

/** What is true of a shop and must not follow from what is told of it. */
export interface Truth {
  secrets: readonly string[];
  /** All buyers, where a segment has fewer than ten: with the others they would tell it. null: all may be told. */
  buyers: number | null;
  /** By name: sizes of a segment at each date. */
  sizes: ReadonlyMap<string, readonly number[]>;
}

/** What was sent to a model and must not be: in words, for whoever reads the failing test. */
export function leaksIn(texts: Iterable<string>, truth: Truth): string[] {
  const one = leaksInText(truth);
  return [...texts].flatMap(text => one(text).map(leak => `${leak} in: ${text.slice(0, 300)}`));
}

/** All that requests say, each text once; what a model wrote itself and is sent again is none of it. */
export function textsSent(requests: readonly ScriptedRequest[]): Set<string> {
  const texts = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
  };
  for (const { messages, ...rest } of requests) {
    add(rest);
    for (const { role, content } of messages) if (role === 'user') add(content);
  }
  return texts;
}

/** Counts of customers, by the schema of a result and in its texts. */
const peopleToldBy = ({ output: schema }: Tool, output: unknown): number[] =>
  toldIn(schema, output).flatMap(({ value, people }) => {
    if (typeof value === 'number') return people ? [value] : [];
    return peopleIn(value);
  });

/** Of a result: counts of one to nine, and groups within groups that differ by so few. */
export function leaksInResult(tool: Tool, output: Record<string, unknown>, { buyers }: Truth): string[] {
  const few = peopleToldBy(tool, output).filter(isFew);
  const pairs = nestedCounts(output, buyers).filter(([a, b]) => isFew(Math.abs(a - b)));
  return [
    ...few.map(value => `${tool.name} tells of ${value} customers`),
    ...pairs.map(([a, b]) => `${tool.name} tells ${a} and, within or around it, ${b}`),
    ...(buyers !== null && countsOf(output).includes(buyers)
      ? [`${tool.name} tells all ${buyers} buyers exactly, though a segment is withheld`]
      : []),
    ...(sharesTell(sizesWithShares(output), buyers)
      ? [`${tool.name} tells shares from which all follow`]
      : []),
  ];
}

const address = /[\w.%+-]+@[\w-]+\.\w/;
const phone = /\+\d[\d ()-]{7,}/;
const isFew = (value: number) => value > 0 && value < 10;

function leaksInText({ secrets, buyers, sizes }: Truth): (text: string) => string[] {
  const whole = new Set(secrets);
  const phrases = secrets.filter(
    secret => /[^\w/.@-]/.test(secret) || /^[A-Z]?[a-z]+$|^[A-Z]+$/.test(secret),
  );
  // What is a multiple of ten may stand for what is near to it.
  const near = [...sizes].flatMap(([name, told]) =>
    told.flatMap((a, i) =>
      told
        .slice(i + 1)
        .flatMap(b => (isFew(Math.abs(a - b)) && a % 10 !== 0 && b % 10 !== 0 ? [{ name, a, b }] : [])),
    ),
  );
  return text => {
    const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}/._@-]*/gu) ?? [];
    const lines = text.split(/\n|(?<=[.!?}]) /);
    const sized = [...text.matchAll(/(\d[\d,]*)(?: customers)?, ([\d.]+) %/g)].map(
      ([, size, share]): [number, number] => [Number(size!.replaceAll(',', '')), Number(share) / 100],
    );
    return [
      ...new Set([
        ...words.filter(word => whole.has(word)).map(word => `the secret ${word}`),
        ...phrases.filter(phrase => text.includes(phrase)).map(phrase => `the secret ${phrase}`),
        ...(address.test(text) ? ['an address'] : []),
        ...(phone.test(text) ? ['a number to call'] : []),
        ...peopleIn(text)
          .filter(value => isFew(value) || value === buyers)
          .map(value => `${value} customers`),
        ...near
          .filter(({ name, a, b }) =>
            lines.some(line => line.includes(name) && holds(line, a) && holds(line, b)),
          )
          .map(({ name, a, b }) => `${name} with ${a} and ${b} customers`),
        ...(sharesTell(sized, buyers) ? ['shares from which all follow'] : []),
      ]),
    ];
  };
}

/** Counts of customers in words: "7 customers", but not "fewer than 10 customers". */
function peopleIn(text: string): number[] {
  return claimsIn(maskNames(text).text).flatMap(({ unit, bound, value, before }) =>
    unit === 'people' && bound === null && !/at least\s*$/.test(before) ? [value] : [],
  );
}

const holds = (line: string, count: number) =>
  new RegExp(`(?<![\\d.,£])${count}(?![\\d%]|[.,]\\d| %)`).test(line);

const counting =
  /^(?:customers\w*|buyers|members|contacts|reachable|withoutOrders|meets|dropped|without|elsewhere|grew|shrank|smallest)$/;

function countsOf(value: unknown, key = ''): number[] {
  if (typeof value === 'number') return counting.test(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => countsOf(inner, Array.isArray(value) ? key : name));
}

/** Of an audience: its members within each clause and within all buyers, and within what leaving a clause out would give. */
function nestedCounts(output: Record<string, unknown>, buyers: number | null): [number, number][] {
  const { customers, clauses } = output;
  if (!Array.isArray(clauses)) return [];
  const around = clauses.flatMap(({ meets, without }: Record<string, unknown>) => [meets, without]);
  const all = output.buyers === buyers || buyers === null ? [output.buyers] : [];
  const numbers = (values: unknown[]) => values.filter(value => typeof value === 'number');
  return numbers([customers, ...around]).flatMap(inner =>
    numbers([...all, ...(inner === customers ? around : [])]).map((outer): [number, number] => [
      inner,
      outer,
    ]),
  );
}

function sizesWithShares(value: unknown): [number, number][] {
  if (typeof value !== 'object' || value === null) return [];
  const { customers, share } = value as Record<string, unknown>;
  // In whole tens it is not the number that the share is of.
  const own: [number, number][] =
    typeof customers === 'number' && customers % 10 !== 0 && typeof share === 'number'
      ? [[customers, share]]
      : [];
  return [...own, ...Object.values(value).flatMap(sizesWithShares)];
}

/** Whether sizes and their shares leave fewer than five possible numbers of all, and the true one among them. */
function sharesTell(told: readonly [size: number, share: number][], buyers: number | null): boolean {
  if (buyers === null) return false;
  const bounds = told
    .filter(([, share]) => share > 0 && share < 1)
    .map(([size, share]) => {
      const rounding = share * 100 === Math.round(share * 100) ? 0.005 : 0.0005;
      return [size / (share + rounding), size / Math.max(share - rounding, 1e-9)] as const;
    });
  if (bounds.length === 0) return false;
  const low = Math.max(...bounds.map(([from]) => from));
  const high = Math.min(...bounds.map(([, to]) => to));
  return low <= buyers && buyers <= high && high - low < 5;
}
