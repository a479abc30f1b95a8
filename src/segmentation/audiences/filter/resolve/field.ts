import type { Unit } from '../../../../features/feature.ts';
import { currencyPrefix } from '../../../wording.ts';
import { type Field, namesGoods } from '../fields.ts';
import type { FieldGiven } from '../filter.ts';
import { nearestNames, plainName } from '../nearest-names.ts';
import type { ResolvedClause } from '../resolved.ts';
import type { FilterShop } from '../shop.ts';
import { either, type Path, quoted, shown, wrong } from './errors.ts';
import { findWords, namesKept } from './names.ts';
import { boundNames, boundsOf, checkRange, checkUnit } from './range.ts';
import { checkShape, type Plain } from './shape.ts';

/** A clause about a value of the customer, and how it is kept. */
export async function resolveField(
  given: Plain,
  shop: FilterShop,
  path: Path,
): Promise<{ clause: ResolvedClause; kept: FieldGiven }> {
  // Its name first: what else is wrong is told in terms of what the field is.
  const field = typeof given.field === 'string' ? findField(given.field, shop, path) : null;
  for (const name of boundNames)
    if (field && given[name] != null && typeof given[name] !== 'number')
      throw notSo(field, shown(given[name]), shop, path);
  const clause = checkShape('field', given, path);
  const range = boundsOf(clause);
  const ways = [range, clause.is, clause.isNot, clause.known].filter(
    way => way !== null && way !== undefined,
  );
  const { id, type } = field!;
  if (ways.length !== 1)
    throw wrong(
      path,
      ways.length === 0
        ? `It is not said what "${id}" should be.`
        : `"${id}" is said to be several things at once.`,
      ways.length === 0
        ? `${examplesOf(field!)}`
        : 'Say bounds, is, isNot or known; for several, put a clause for each into {"all":[…]}.',
    );
  await refuseUnknown(field!, shop, path);
  if (clause.known !== undefined)
    return {
      clause: { kind: 'known', field: field!, known: clause.known },
      kept: { field: id, known: clause.known },
    };
  if (type === 'number') return resolveNumber(field!, clause, shop, path);
  if (type === 'yes-no') {
    if (typeof clause.is !== 'boolean') throw notSo(field!, saidOf(clause), shop, path);
    return {
      clause: { kind: 'yes-no', field: field!, is: clause.is },
      kept: { field: id, is: clause.is },
    };
  }
  const names = clause.isNot ?? clause.is;
  if (names === undefined || typeof names === 'boolean' || typeof names === 'number')
    throw notSo(field!, saidOf(clause), shop, path);
  const words = findWords(
    names,
    {
      what: field!.label,
      all: `values of "${id}"`,
      entries: await shop.fieldWords(field!),
      goods: namesGoods.includes(id),
      blockedTerms: shop.blockedTerms,
    },
    path,
  );
  const except = clause.isNot !== undefined;
  return {
    clause: { kind: 'text', field: field!, words, except },
    kept: { field: id, [except ? 'isNot' : 'is']: namesKept(words.said) },
  };
}

function resolveNumber(field: Field, given: FieldGiven, shop: FilterShop, path: Path) {
  if (given.isNot !== undefined || (given.is !== undefined && typeof given.is !== 'number'))
    throw notSo(field, saidOf(given), shop, path);
  const range = given.is === undefined ? boundsOf(given) : { atLeast: given.is, atMost: given.is };
  checkRange(range, field.id, path);
  checkUnit(range, field.unit, field.id, path);
  const clause: ResolvedClause = { kind: 'number', field, range };
  return { clause, kept: { field: field.id, ...range } };
}

const inSegment = 'Segments have a clause of their own: {"segment":"loyal"}.';
const inEvents =
  'What customers did has a clause of its own: {"events":{"type":"Product Viewed","within":30}}.';
const inOrders = 'Orders have a clause of their own: {"orders":{"category":"Outerwear","within":365}}.';
/** What is no value of a customer, and where it is said; and what marketers call some values. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ...['segment', 'segment key', 'segment name', 'persona'].map(name => [name, inSegment] as const),
  ...['event', 'events', 'event type', 'type', 'campaign'].map(name => [name, inEvents] as const),
  ...['ltv', 'clv', 'customer lifetime value'].map(name => [name, 'Did you mean lifetime_value?'] as const),
  ...['aov', 'average order value'].map(name => [name, 'Did you mean order_value?'] as const),
  ...['category', 'product', 'sku', 'channel', 'coupon', 'coupon code'].map(
    name => [name, inOrders] as const,
  ),
]);

/** By its id, or by what else is plainly meant: its id in other writing, its label. */
function findField(name: string, { fields, withheld }: FilterShop, path: Path): Field {
  const plain = plainName(name);
  const known = [...fields.values()];
  const found =
    fields.get(name) ??
    (plain === ''
      ? undefined
      : (known.find(({ id }) => plainName(id) === plain) ??
        known.find(({ label }) => plainName(label) === plain)));
  if (found) return found;
  const held = withheld.get(name) ?? withheld.get(plain.replaceAll(' ', '_'));
  if (held) throw wrong(path, held.why, held.next);
  throw wrong(
    path,
    `There is no field ${quoted(name)}.`,
    elsewhere.get(plain) ??
      nearestFields(name, known) ??
      `Fields are the features of \`kindred features\`, and ${either(known.filter(({ kind }) => kind !== 'feature').map(({ id }) => id))}.`,
  );
}

/** By what they are called, as well as by their ids. */
function nearestFields(name: string, known: readonly Field[]): string | null {
  const ids = new Map(known.flatMap(({ id, label }) => [[id, id] as const, [label, id] as const]));
  const near = nearestNames(name, [...ids.keys()], 6).map(found => ids.get(found)!);
  return near.length === 0 ? null : `Did you mean ${either([...new Set(near)].slice(0, 3))}?`;
}

async function refuseUnknown(field: Field, shop: FilterShop, path: Path): Promise<void> {
  if (await shop.isKnown(field)) return;
  throw wrong(
    path,
    `"${field.id}" (${field.label}) is known of nobody.`,
    field.kind === 'score'
      ? 'The data of this shop cannot carry it; `kindred predictions` tells what is predicted. Leave it out.'
      : 'No file that was imported says it. Leave it out.',
  );
}

/** "60", "a word": what a clause says of its field. */
function saidOf({ is, isNot, ...bounds }: FieldGiven): string {
  const bound = boundNames.map(name => bounds[name]).find(value => value !== undefined);
  return shown(is ?? isNot ?? bound);
}

function notSo(field: Field, not: string, { model }: FilterShop, path: Path) {
  return wrong(
    path,
    `"${field.id}" is ${kindOf(field, model.population.currency)}, not ${not}.`,
    examplesOf(field),
  );
}

const kinds: Readonly<Record<Unit, string>> = {
  count: 'a number',
  share: 'a share from 0 to 1',
  days: 'a number of days',
  money: 'an amount of money',
  times: 'a number of times',
  ratio: 'a number',
  score: 'a number',
  'per order': 'a number per order',
  'per month': 'a number per month',
};

function kindOf({ type, unit, label }: Field, currency: string | null): string {
  if (type === 'text') return `a word (${label})`;
  if (type === 'yes-no') return `true or false (${label})`;
  const prefix = unit === 'money' ? currencyPrefix(currency).trim() : '';
  return `${kinds[unit!]}${prefix ? ` in ${prefix}` : ''}`;
}

function examplesOf({ id, type, unit }: Field): string {
  if (type === 'text') return `Write {"field":"${id}","is":"…"}, or isNot, or known.`;
  if (type === 'yes-no') return `Write {"field":"${id}","is":true} or {"field":"${id}","is":false}.`;
  const value = unit === 'share' ? 0.5 : 30;
  return `Write {"field":"${id}","above":${value}}, or atLeast, atMost, below, is or known.`;
}
