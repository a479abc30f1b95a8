import { InputError } from '../../errors.ts';
import { factOfRows } from '../../features/kept-facts.ts';
import { currentModel } from '../../segmentation/current.ts';
import { nameKinds, namesOfKind } from '../../segmentation/governance/shop-names.ts';
import { fence, SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';

/**
 * What is refused in `work`, as a model may read it: people are helped by the names that there are, of which one that goes
 * with fewer than ten customers may be somebody's own ("engraved for Ines").
 */
export async function refusingWithoutNames<T>(
  stores: { warehouse: Warehouse; state: State },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError) || !fenced.test(error.message + error.next)) throw error;
    const told = await toldNames(stores);
    const withoutFew = (text: string) =>
      text.replaceAll(new RegExp(fenced, 'g'), name => (told.has(name) ? name : 'a name that few go with'));
    throw new InputError(withoutFew(error.message), withoutFew(error.next), { cause: error });
  }
}

const fenced = /“[^”]*”/;

/** Fenced: names of ten customers at least, and of segments. */
async function toldNames({ warehouse, state }: { warehouse: Warehouse; state: State }): Promise<Set<string>> {
  const { segments, describedAsOf } = await currentModel(state);
  const told = new Set(segments.flatMap(({ key, persona }) => [fence(key), fence(persona.name)]));
  for (const kind of nameKinds)
    for (const { name, customers } of await factOfRows(warehouse, namesOfKind(kind), describedAsOf))
      if (customers >= SMALLEST_REPORTED) told.add(fence(name));
  const countries = await warehouse.query<{ name: string }>(
    `SELECT country AS "name" FROM customers WHERE profile_id IS NOT NULL GROUP BY country
HAVING count(DISTINCT profile_id) >= ${SMALLEST_REPORTED} ORDER BY country COLLATE "C"`,
  );
  for (const { name } of countries) if (name !== null) told.add(fence(name));
  return told;
}
