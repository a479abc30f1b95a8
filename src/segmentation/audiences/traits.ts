import { significant } from '../../features/rounding.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { FeatureSummary } from '../model.ts';
import { mayShowMedian, typical } from '../typical.ts';
import { standardisedDifference } from './apart.ts';
import { type Asked, askedTable } from './asked.ts';
import type { AudienceTrait } from './audience.ts';
import { joinKnown } from './filter/known.ts';
import { settledBy, type TraitNumber, traitNumbers } from './trait-numbers.ts';

/** Differences below this are not worth telling. */
const LEAST_DIFFERENCE = 0.3;
const MOST = 5;
/** Of each side so many are looked at to find what differs; what is told of it is of everybody. */
const looked = 2000;
/** In fewer of the members a value says little about them. */
const LEAST_KNOWN = 0.2;

interface Ranked {
  number: TraitNumber;
  difference: number;
}

/** What sets members apart from all other buyers, strongest first, each of another concept, in the figures of everybody. */
export async function audienceTraits(
  tx: Warehouse,
  asked: Asked,
  counts: { members: number; others: number },
): Promise<AudienceTrait[]> {
  if (counts.members === 0 || counts.others === 0) return [];
  const settled = settledBy(asked.resolved.root);
  const numbers = traitNumbers(asked.shop).filter(
    ({ id, concept }) => !settled.has(id) && !settled.has(concept),
  );
  const ranked = byConcept(await rank(tx, asked, numbers, counts)).slice(0, MOST);
  const summaries = await measure(tx, asked, ranked);
  return summaries.flatMap((summary, i): AudienceTrait[] => {
    const written = typical(summary, asked.shop.model.population.currency);
    const { id, label } = ranked[i]!.number;
    const direction = summary.difference > 0 ? 'above' : 'below';
    return written ? [{ field: id, label, direction, ...written }] : [];
  });
}

/**
 * The strongest of each concept, in their order. A sample is looked at, chosen by places in the order of profile_id: the
 * same customers in every store.
 */
async function rank(
  tx: Warehouse,
  asked: Asked,
  numbers: readonly TraitNumber[],
  counts: { members: number; others: number },
): Promise<Ranked[]> {
  const columns = numbers.map(({ sql }, j) => `coalesce(${sql}, CAST('NaN' AS DOUBLE PRECISION)) AS n${j}`);
  // Multiples of 2^32 / golden ratio, modulo 2^32, lie evenly whatever range of places they are of.
  const chosen = (count: number) =>
    `(a.place * 2654435769) % 4294967296 < ${Math.ceil(2 ** 32 * Math.min(1, looked / count))}`;
  const read =
    await tx.columns(`SELECT ${[`'' AS nobody`, 'CASE WHEN a.member THEN 1 ELSE 0 END AS member', ...columns].join(', ')}
${rowsOf(asked, numbers)}
WHERE CASE WHEN a.member THEN ${chosen(counts.members)} ELSE ${chosen(counts.others)} END
ORDER BY a.place`);
  const [member, ...values] = read.values;
  const rows = Array.from(read.keys, (_, i) => i);
  const [own, rest] = [rows.filter(i => member![i] === 1), rows.filter(i => member![i] === 0)];
  return numbers.map((number, j) => {
    const members = Float64Array.from(own, i => values[j]![i]!);
    const others = Float64Array.from(rest, i => values[j]![i]!);
    const known = members.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
    if (known < LEAST_KNOWN * members.length) return { number, difference: 0 };
    const difference = standardisedDifference(
      { values: members, weight: counts.members / members.length },
      { values: others, weight: counts.others / others.length },
      number.log,
    );
    return { number, difference };
  });
}

/** The answer with the tables that numbers are read from, and no others. */
function rowsOf({ shop }: Asked, numbers: readonly TraitNumber[]): string {
  const some = (kind: TraitNumber['of']) => numbers.some(({ of }) => of === kind);
  return [
    `FROM ${askedTable} AS a`,
    some('feature') ? `JOIN ${shop.features.table} AS f ON f.place = a.place` : '',
    some('score') ? joinKnown : '',
  ].join(' ');
}

function byConcept(all: readonly Ranked[]): Ranked[] {
  const sorted = all
    .filter(({ difference }) => Math.abs(difference) >= LEAST_DIFFERENCE)
    .toSorted(
      (a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.number.id < b.number.id ? -1 : 1),
    );
  const held = new Map<string, Ranked>();
  for (const ranked of sorted) {
    const before = held.get(ranked.number.concept);
    if (!before || (before.number.abstract && !ranked.number.abstract))
      held.set(ranked.number.concept, ranked);
  }
  return [...held.values()];
}

/**
 * Means, and medians where they may be shown, of the members, and of all customers: of features as the pages of the segments have them. Sums do not
 * depend on the order of adding.
 */
async function measure(tx: Warehouse, asked: Asked, ranked: readonly Ranked[]): Promise<FeatureSummary[]> {
  if (ranked.length === 0) return [];
  const told = new Map(asked.shop.model.segments[0]?.features.map(summary => [summary.id, summary]));
  const numbers = ranked.map(({ number }) => number);
  const unsaid = ranked.map(({ number }) => number).filter(({ id }) => !told.has(id));
  const columns = (of: readonly TraitNumber[], name: string) =>
    of.flatMap(number => figureColumns(number, `${name}_${numbers.indexOf(number)}`)).join(', ');
  const [members] = await tx.query<Figures>(
    `SELECT ${columns(numbers, 'own')} ${rowsOf(asked, numbers)} WHERE a.member`,
  );
  const [everybody] =
    unsaid.length > 0
      ? await tx.query<Figures>(`SELECT ${columns(unsaid, 'all')} ${rowsOf(asked, unsaid)}`)
      : [];
  const row: Figures = { ...members, ...everybody };
  const mean = (of: string) => significant(figure(row, `sum_${of}`) / 1e6 / figure(row, `known_${of}`));
  const median = (of: string) => significant(figure(row, `median_${of}`));
  return ranked.map(({ number: { id, label, unit }, difference }, j) => ({
    id,
    label,
    unit,
    class: 'transaction',
    mean: mean(`own_${j}`),
    median: median(`own_${j}`),
    overallMean: told.get(id)?.overallMean ?? mean(`all_${j}`),
    overallMedian: told.get(id)?.overallMedian ?? median(`all_${j}`),
    difference,
    explained: 0,
  }));
}

type Figures = Readonly<Record<string, number | null>>;

function figureColumns({ sql, unit }: TraitNumber, name: string): string[] {
  return [
    `count(${sql}) AS known_${name}`,
    `sum(CAST(floor(${sql} * 1000000 + 0.5) AS BIGINT)) AS sum_${name}`,
    ...(mayShowMedian(unit) ? [`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${sql}) AS median_${name}`] : []),
  ];
}

/** NaN where nobody has a value. */
const figure = (row: Figures, name: string) => row[name] ?? Number.NaN;
