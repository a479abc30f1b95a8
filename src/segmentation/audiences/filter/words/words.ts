import { overlayOf } from '../../../overlays/overlays.ts';
import { inWords } from '../../../overlays/words.ts';
import { newcomer, setAsideKey } from '../../../refresh/record.ts';
import { fence } from '../../../wording.ts';
import { either } from '../resolve/errors.ts';
import type { MovedClause, ResolvedClause, ResolvedNode } from '../resolved.ts';
import type { FilterShop } from '../shop.ts';
import { eventsInWords, ordersInWords, periodInWords } from './happenings.ts';
import { numberInWords, outside } from './number.ts';

/** What is needed to say a filter: names of segments, the currency, the words of the sector. */
export type Saying = Pick<FilterShop, 'model' | 'history'>;

/**
 * A filter, or a part of one, in plain words: "chance of no order in the next 90 days below 60 %". Names that came from
 * data are fenced.
 */
export function filterInWords(node: ResolvedNode, shop: Saying): string {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of
        .map(part =>
          isGroup(part) && part.of.length > 1 ? `(${filterInWords(part, shop)})` : filterInWords(part, shop),
        )
        .join(node.kind === 'all' ? ' and ' : ' or ');
    case 'not':
      return notInWords(node.of, shop);
    default:
      return clauseInWords(node, shop);
  }
}

function isGroup(node: ResolvedNode): node is Extract<ResolvedNode, { kind: 'all' | 'any' }> {
  return node.kind === 'all' || node.kind === 'any';
}

function notInWords(node: ResolvedNode, shop: Saying): string {
  switch (node.kind) {
    case 'segment':
      return `not ${filterInWords(node, shop)}`;
    case 'orders':
    case 'events':
      // A count may leave out those who never did; who did so at all is the opposite of who never did.
      if (node.count) break;
      return clauseInWords({ ...node, count: { atMost: 0 } }, shop);
    case 'known':
      return clauseInWords({ ...node, known: !node.known }, shop);
    case 'number': {
      const range = outside(node.range);
      if (!range) break;
      return `${clauseInWords({ ...node, range }, shop)} (or not known)`;
    }
  }
  return `not (${filterInWords(node, shop)})`;
}

function clauseInWords(clause: ResolvedClause, shop: Saying): string {
  const { words } = overlayOf(shop.model.recipe.overlay);
  const { currency } = shop.model.population;
  switch (clause.kind) {
    case 'number':
      return numberInWords(inWords(clause.field.label, words), clause.range, clause.field.unit!, currency);
    case 'text': {
      const said = either(clause.words.said.map(fence));
      return clause.except ? `${clause.field.label} known and not ${said}` : `${clause.field.label} ${said}`;
    }
    case 'yes-no':
      return inWords(clause.is ? clause.field.label : clause.field.otherwise!, words);
    case 'known':
      return `${inWords(clause.field.label, words)} ${clause.known ? 'known' : 'not known'}`;
    case 'segment':
      return inSegments(clause.keys, shop);
    case 'moved':
      return movedInWords(clause, shop);
    case 'orders':
      return ordersInWords(clause, words, currency);
    case 'events':
      return eventsInWords(clause);
  }
}

function inSegments(keys: readonly string[], shop: Saying): string {
  const named = keys.filter(key => key !== setAsideKey);
  const parts = [
    ...(named.length > 0 ? [`in the segment ${either(named.map(key => nameOf(key, shop)))}`] : []),
    ...(named.length < keys.length ? ['set aside for unusual volume'] : []),
  ];
  return parts.join(' or ');
}

function movedInWords({ from, to, period }: MovedClause, shop: Saying): string {
  const names = (keys: readonly string[]) => either(keys.map(key => nameOf(key, shop)));
  const when = period ? periodInWords(period) : ' at the latest refresh';
  const came = [from ? ` from ${names(from)}` : '', to ? ` to ${names(to)}` : ''].join('');
  return `${came ? 'moved' : 'moved to another segment'}${came}${when}`;
}

/** Of a segment of now, or of one that stood once. */
function nameOf(key: string, { model, history }: Saying): string {
  if (key === newcomer) return 'the newcomers';
  if (key === setAsideKey) return 'those set aside';
  const told = history.findLast(({ segments }) => segments.some(segment => segment.key === key));
  return (
    model.segments.find(segment => segment.key === key)?.persona.name ??
    told?.segments.find(segment => segment.key === key)?.name ??
    key
  );
}
