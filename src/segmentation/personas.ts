import { matchArchetypes } from './archetype-match.ts';
import { archetypes, type Clause, type PersonaTemplate } from './archetypes.ts';
import type { FeatureSummary, Persona } from './model.ts';
import { gatherEvidence, type Shown } from './persona-evidence.ts';
import type { SegmentSummaries, SegmentSummary } from './summary.ts';
import { nameByTraits } from './trait-names.ts';
import { typical, typicalValue } from './typical.ts';
import { formatMoney, formatSize, formatValue, listed, SMALLEST_REPORTED } from './wording.ts';

export interface PersonaContext {
  /** ISO code; null where the shop has none or several. */
  currency: string | null;
  /** Names that are settled already, one a segment (RFM cells); else each segment is matched to an archetype. */
  given?: readonly PersonaTemplate[];
}

/** One persona a segment, in the same order, with names that do not repeat. Every number is the summary's. */
export function writePersonas(summaries: SegmentSummaries, context: PersonaContext): Persona[] {
  const { segments } = summaries;
  const matched = context.given ?? matchArchetypes(segments, archetypes);
  const taken = new Set(matched.flatMap(template => (template ? [template.name] : [])));
  return segments.map((segment, i) => {
    const template = matched[i] ?? nameByTraits(segment.features, taken);
    return write(segment, template, context.currency, matched[i] !== null);
  });
}

function write(
  segment: SegmentSummary,
  template: PersonaTemplate,
  currency: string | null,
  isArchetype: boolean,
): Persona {
  const small = segment.size < SMALLEST_REPORTED;
  const wanted = archetypes.find(({ id }) => id === template.id)?.wants ?? {};
  const shown = gatherEvidence(segment.features, wanted, currency, small);
  return {
    name: template.name,
    sentence: sentenceOf(template, segment.features, currency, small),
    paragraph: small ? smallParagraph : paragraphOf(segment, shown, currency),
    evidence: shown.map(({ evidence }) => evidence),
    action: template.action,
    archetype: isArchetype ? template.id : null,
    author: 'deterministic',
  };
}

const MOST_CLAUSES = 3;
const CLEAR = 0.2;

function sentenceOf(
  template: PersonaTemplate,
  features: readonly FeatureSummary[],
  currency: string | null,
  small: boolean,
): string {
  const byId = new Map(features.map(feature => [feature.id, feature]));
  const clauses = template.clauses.flatMap(clause => filled(clause, byId, currency, small) ?? []);
  return `Customers who ${listed(clauses.slice(0, MOST_CLAUSES))}.`;
}

/** The clause with its values; null where it is not so, or a feature is absent, or values must not be written. */
function filled(
  { text, when }: Clause,
  byId: ReadonlyMap<string, FeatureSummary>,
  currency: string | null,
  small: boolean,
): string | null {
  if (when !== undefined) {
    const feature = byId.get(when.slice(1));
    if (!feature || feature.difference * (when[0] === '+' ? 1 : -1) < CLEAR || !typical(feature, currency))
      return null;
  }
  const spoken = small ? text.replace(/ \(\{[^)]*\)/g, '') : text;
  let complete = true;
  const written = spoken.replace(/\{(\w+)(\|all)?\}/g, (_, id: string, all: string | undefined) => {
    const feature = byId.get(id);
    if (!feature || small) {
      complete = false;
      return '';
    }
    if (all === undefined) return typicalValue(feature, currency);
    return typical(feature, currency)?.overall ?? formatValue(feature.overallMean, feature.unit, currency);
  });
  return complete ? written : null;
}

const smallParagraph = `These are fewer than ${SMALLEST_REPORTED} customers, too few to describe in figures without pointing at people.`;

/** Who they are, their rhythm, what sets them apart. */
function paragraphOf(segment: SegmentSummary, shown: readonly Shown[], currency: string | null): string {
  const told = new Set<string>();
  const opening = openingOf(segment, currency);
  const rhythm = rhythmOf(segment.features, currency, told);
  const apart = shown
    .filter(({ feature }) => !told.has(feature.id))
    .slice(0, 4)
    .map(({ evidence: { label, value, overall } }) => `${label} ${value} (${overall})`);
  const contrast =
    apart.length > 0
      ? `What else sets them apart, with the figure for all customers in brackets: ${listed(apart)}.`
      : '';
  return [opening, rhythm, contrast].filter(text => text !== '').join(' ');
}

function openingOf({ size, share, revenue, revenueShare }: SegmentSummary, currency: string | null): string {
  const weight =
    revenueShare > share * 1.15
      ? 'more than their share of customers'
      : revenueShare < share * 0.85
        ? 'less than their share of customers'
        : 'about their share of customers';
  return `${formatSize(size)} customers (${formatValue(share, 'share', null)} of all) brought ${formatMoney(revenue, currency)}, ${formatValue(revenueShare, 'share', null)} of revenue: ${weight}.`;
}

const rhythms: readonly Clause[] = [
  { text: 'order {orders_per_month}' },
  { text: 'spend {order_value} an order' },
  { text: 'ordered last {recency} ago' },
];

function rhythmOf(features: readonly FeatureSummary[], currency: string | null, told: Set<string>): string {
  const byId = new Map(features.map(feature => [feature.id, feature]));
  const parts = rhythms.flatMap(({ text }) => {
    const id = /\{(\w+)\}/.exec(text)![1]!;
    const feature = byId.get(id);
    if (!feature) return [];
    told.add(id);
    const against = typical(feature, currency);
    const compared = against ? ` (all customers: ${against.overall})` : ' (as do all customers)';
    return [`${text.replace(`{${id}}`, typicalValue(feature, currency))}${compared}`];
  });
  return parts.length > 0 ? `Typically they ${listed(parts)}.` : '';
}
