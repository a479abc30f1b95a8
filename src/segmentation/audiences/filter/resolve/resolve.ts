import { clauseShapes, deepest, type Filter, mostAltogether, mostClauses } from '../filter.ts';
import type { ResolvedFilter, ResolvedNode } from '../resolved.ts';
import type { FilterShop } from '../shop.ts';
import { didYouMean, type Path, quoted, shown, wrong } from './errors.ts';
import { resolveField } from './field.ts';
import { resolveEvents, resolveOrders } from './happenings.ts';
import { resolveMoved, resolveSegment } from './segments.ts';
import { type ClauseKind, exampleClauses, isPlain, type Plain, whereItStands } from './shape.ts';

const groups = ['all', 'any', 'not'] as const;
const beginnings: readonly string[] = [...Object.keys(clauseShapes), ...groups];
type Beginning = ClauseKind | (typeof groups)[number];

interface Resolved {
  node: ResolvedNode;
  kept: Filter;
}

/**
 * Checks a filter's shape, and its names and types against the shop. An InputError says where in the filter what is
 * wrong, and what would be right. What is returned holds only names and values that the shop has.
 */
export async function resolveFilter(json: unknown, shop: FilterShop): Promise<ResolvedFilter> {
  const budget = { left: mostAltogether };
  const { node, kept } = await resolveNode(json, { shop, budget, path: [], depth: 1 });
  return { filter: kept, root: node };
}

interface Place {
  shop: FilterShop;
  budget: { left: number };
  path: Path;
  depth: number;
}

async function resolveNode(given: unknown, place: Place): Promise<Resolved> {
  const { shop, budget, path, depth } = place;
  const [kind, plain] = kindOf(given, path);
  if (--budget.left < 0)
    throw wrong([], `The filter has more than ${mostAltogether} parts.`, 'Say it with fewer clauses.');
  if (depth > deepest)
    throw wrong(
      [],
      `The filter is nested deeper than ${deepest} levels.`,
      'Put its clauses beside each other.',
    );
  switch (kind) {
    case 'field': {
      const { clause, kept } = await resolveField(plain, shop, path);
      return { node: clause, kept };
    }
    case 'segment': {
      const { clause, kept } = resolveSegment(plain, shop, path);
      return { node: clause, kept };
    }
    case 'moved': {
      const { clause, kept } = resolveMoved(plain, shop, path);
      return { node: clause, kept };
    }
    case 'orders': {
      const { clause, kept } = await resolveOrders(plain, shop, path);
      return { node: clause, kept };
    }
    case 'events': {
      const { clause, kept } = await resolveEvents(plain, shop, path);
      return { node: clause, kept };
    }
    case 'not': {
      onlyWord('not', plain, path);
      const inner = { ...place, path: [...path, 'inside "not"'], depth: depth + 1 };
      const { node, kept } = await resolveNode(plain.not, inner);
      return { node: { kind: 'not', of: node }, kept: { not: kept } };
    }
    case 'all':
    case 'any':
      return resolveList(kind, plain, place);
  }
}

async function resolveList(kind: 'all' | 'any', given: Plain, place: Place): Promise<Resolved> {
  onlyWord(kind, given, place.path);
  const list = given[kind];
  if (!Array.isArray(list) || list.length === 0)
    throw wrong(
      place.path,
      `"${kind}" has to be a list of filters, not ${shown(list)}.`,
      `Write {"${kind}":[${exampleClauses[0]},${exampleClauses[4]}]}.`,
    );
  if (list.length > mostClauses)
    throw wrong(
      place.path,
      `"${kind}" holds ${list.length} filters; it may hold ${mostClauses}.`,
      'Several names of the same kind go into one clause, as {"segment":["a","b"]}.',
    );
  const each: Resolved[] = [];
  for (const [i, part] of list.entries())
    each.push(
      await resolveNode(part, {
        ...place,
        path: [...place.path, `${kind === 'all' ? 'clause' : 'alternative'} ${i + 1}`],
        depth: place.depth + 1,
      }),
    );
  const kept = each.map(part => part.kept);
  return {
    node: { kind, of: each.map(part => part.node) },
    kept: kind === 'all' ? { all: kept } : { any: kept },
  };
}

/** The word that tells what a filter is. */
function kindOf(given: unknown, path: Path): [Beginning, Plain] {
  const examples = `For example ${exampleClauses[0]}, or {"all":[…]} of several.`;
  if (Array.isArray(given))
    throw wrong(
      path,
      'A filter is an object, not a list.',
      'Write {"all":[…]} where every one should be met, {"any":[…]} where one will do.',
    );
  if (!isPlain(given)) throw wrong(path, `A filter is an object, not ${shown(given)}.`, examples);
  const words = Object.keys(given).filter(word => given[word] !== null);
  const found = words.filter(word => beginnings.includes(word));
  if (found.length === 1) return [found[0] as Beginning, given];
  if (found.length > 1)
    throw wrong(
      path,
      `One clause says ${found.map(quoted).join(' and ')}.`,
      `Give each a clause of its own: {"all":[{"${found[0]}":…},{"${found[1]}":…}]}.`,
    );
  const [word] = words;
  const inside = words.map(whereItStands).find(where => where !== null);
  if (inside) throw wrong(path, inside, examples);
  throw wrong(
    path,
    word === undefined ? 'The filter says nothing.' : `A filter cannot begin with ${quoted(word)}.`,
    `${(word && didYouMean(word, beginnings)) ?? `It says one of ${beginnings.join(', ')}.`} ${examples}`,
  );
}

function onlyWord(kind: string, given: Plain, path: Path): void {
  const other = Object.keys(given).find(word => word !== kind && given[word] !== null);
  if (other !== undefined)
    throw wrong(
      path,
      `Beside "${kind}" there may be nothing else: ${quoted(other)}.`,
      'Leave it out, or put it inside.',
    );
}
