import { InputError } from '../../errors.ts';
import { type KeptOut, keptOut } from '../../governance/kept-out.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { fence } from '../wording.ts';
import type { TriggerRule } from './trigger.ts';

/** Refuses a rule that goes by what tells of a protected trait, or is blocked, as filters do. */
export async function refuseKeptOut(
  warehouse: Warehouse,
  rule: TriggerRule,
  blockedTerms: readonly string[],
): Promise<void> {
  const skus = rule.all.flatMap(({ sku }) => sku ?? []);
  const [found] = keptOutOf(rule, await calledSo(warehouse, skus), blockedTerms);
  if (!found) return;
  const why =
    found.category === 'blocked' ? 'is blocked' : `can tell of a protected trait (${found.category})`;
  throw new InputError(
    `The rule goes by ${fence(found.term)}, which ${why}, so nobody is chosen by it.`,
    'Leave it out; `kindred governance report` says what is kept out, and why.',
  );
}

/** What of a rule is kept out; `goods` are further names of what it asks for. */
export function keptOutOf(
  { all }: TriggerRule,
  goods: readonly string[],
  blockedTerms: readonly string[],
): KeptOut[] {
  const named = all.flatMap(({ category, sku }) => [category ?? [], sku ?? []].flat());
  const types = all.map(({ type }) => type);
  return [
    ...keptOut([...named, ...goods], blockedTerms),
    ...keptOut(types, blockedTerms).filter(({ category }) => category === 'blocked'),
  ];
}

/** Names and categories under which products are sold, in byte order. */
async function calledSo(warehouse: Warehouse, skus: readonly string[]): Promise<string[]> {
  if (skus.length === 0) return [];
  const given = skus.map((_, i) => `lower($${i + 1})`).join(', ');
  const of = (column: string) =>
    `SELECT DISTINCT ${column} AS name FROM order_lines WHERE lower(sku) IN (${given}) AND ${column} <> ''`;
  const rows = await warehouse.query<{ name: string }>(
    `SELECT name FROM (${of('product')} UNION ${of('category')}) AS names ORDER BY name COLLATE "C"`,
    skus,
  );
  return rows.map(({ name }) => name);
}
