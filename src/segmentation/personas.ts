import type { Clause, PersonaTemplate } from './archetype.ts';
import { matchArchetypes } from './archetype-match.ts';
import type { FeatureSummary, Persona, Segment } from './model.ts';
import type { OverlayId } from './overlays/overlay.ts';
import { overlayOf } from './overlays/overlays.ts';
import { articleOf, doingInWords, inWords, saidOf, type Words } from './overlays/words.ts';
import { gatherEvidence, type Shown } from './persona-evidence.ts';
import type { SegmentSummaries } from './summary.ts';
import { nameByTraits } from './trait-names.ts';
import { sideBySide, typical } from './typical.ts';
import { capitalised, formatMoney, formatSize, formatValue, listed, SMALLEST_REPORTED } from './wording.ts';

export interface PersonaContext {
  /** ISO code; null where the shop has none or several. */
  currency: string | null;
  /** Whose archetypes and words are used. */
  overlay: OverlayId;
  /** Names that are settled already, one a segment (RFM cells); else each segment is matched to an archetype. */
  given?: readonly PersonaTemplate[];
}

/** One persona a segment, in the same order, with names that do not repeat. Every number is the summary's. */
export function writePersonas(summaries: SegmentSummaries, context: PersonaContext): Persona[] {
  const { segments } = summaries;
  const { archetypes, words } = overlayOf(context.overlay);
  const matched =
    context.given ??
    matchArchetypes(
      segments.map(({ features }) => ({ features: saidOf(features, words) })),
      archetypes,
    );
  const taken = new Set(matched.flatMap(template => (template ? [template.name] : [])));
  const lists = new Set<string>();
  return segments.map((segment, i) => {
    const template = matched[i] ?? nameByTraits(segment.features, taken, words);
    return {
      name: template.name,
      ...writeTexts(segment, template, context.currency, words),
      action: template.action,
      avoid: template.avoid,
      neutralName: takeNeutralName(template.neutralName, lists),
      archetype: matched[i] ? template.id : null,
      author: 'deterministic',
    };
  });
}

/** The name, or "Welcome letters 2" where another segment has it. Adds it to `taken`. */
export function takeNeutralName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
  taken.add(name);
  return name;
}

/** What texts about a segment are written from. */
export type Told = Pick<Segment, 'size' | 'share' | 'revenue' | 'revenueShare' | 'features'>;

/** The texts of a persona that hold its numbers. */
export function writeTexts(
  segment: Told,
  template: Pick<PersonaTemplate, 'clauses' | 'wants'>,
  currency: string | null,
  words: Words,
): Pick<Persona, 'sentence' | 'paragraph' | 'evidence'> {
  const small = segment.size < SMALLEST_REPORTED;
  const shown = gatherEvidence(saidOf(segment.features, words), template.wants ?? {}, currency, small).map(
    ({ feature, evidence }) => ({
      feature,
      evidence: { ...evidence, label: inWords(evidence.label, words) },
    }),
  );
  return {
    sentence: sentenceOf(template.clauses, segment.features, currency, small, words),
    paragraph: small ? smallParagraph(words) : paragraphOf(segment, shown, currency, words),
    evidence: shown.map(({ evidence }) => evidence),
  };
}

const MOST_DETAILS = 2;
const CLEAR = 0.2;

/** "Customers who buy seldom, and then spend a lot: they spend £220 an order and return after 84 days." */
function sentenceOf(
  clauses: readonly Clause[],
  features: readonly FeatureSummary[],
  currency: string | null,
  small: boolean,
  words: Words,
): string {
  const byId = new Map(features.map(feature => [feature.id, feature]));
  const [who, ...details] = clauses.flatMap(
    clause => filled({ ...clause, text: doingInWords(clause.text, words) }, byId, currency, small) ?? [],
  );
  const told = details.slice(0, MOST_DETAILS);
  return `${capitalised(words.people)} ${words.who} ${who}${told.length > 0 ? `: they ${listed(told)}` : ''}.`;
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
  const worded = small ? text.replace(/ \(\{[^)]*\)/g, '') : text;
  const ids = [...worded.matchAll(PLACEHOLDER)].map(match => match[1]!);
  if (ids.length > 0 && (small || !ids.every(id => byId.has(id)))) return null;
  return worded.replace(PLACEHOLDER, (_, id: string, all: string | undefined) => {
    const { value, overall } = sideBySide(byId.get(id)!, currency);
    return spoken(all === undefined ? value : overall);
  });
}

const PLACEHOLDER = /\{(\w+)(\|all)?\}/g;

/** "order 1.3 times a month": a rate after a verb. */
function spoken(value: string): string {
  return value.replace(/^1 a month$/, 'once a month').replace(/^([\d.,]+) a month$/, '$1 times a month');
}

const smallParagraph = ({ people }: Words) =>
  `These are fewer than ${SMALLEST_REPORTED} ${people}, too few to describe in figures without pointing at people.`;

/** Who they are, their rhythm, what sets them apart. */
function paragraphOf(segment: Told, shown: readonly Shown[], currency: string | null, words: Words): string {
  const rhythm = rhythms(words).filter(({ id }) => segment.features.some(feature => feature.id === id));
  const apart = shown
    .filter(({ feature }) => !rhythm.some(({ id }) => id === feature.id))
    .slice(0, MOST_APART);
  return [
    openingOf(segment, currency, words),
    rhythmOf(segment.features, rhythm, currency, words),
    apartOf(apart, words),
  ]
    .filter(text => text !== '')
    .join(' ');
}

const MOST_APART = 4;

function openingOf(
  { size, share, revenue, revenueShare }: Told,
  currency: string | null,
  { people }: Words,
): string {
  const weight =
    revenueShare > share * 1.15 ? 'more than' : revenueShare < share * 0.85 ? 'less than' : 'about';
  return `${formatSize(size)} ${people} (${formatValue(share, 'share', null)} of all) brought ${formatMoney(revenue, currency)}, ${formatValue(revenueShare, 'share', null)} of revenue, which is ${weight} their share of ${people}.`;
}

interface Rhythm {
  id: string;
  before: string;
  after: string;
}

const rhythms = ({ order, toOrder, ordered }: Words): readonly Rhythm[] => [
  { id: 'orders_per_month', before: `${toOrder} `, after: '' },
  { id: 'order_value', before: 'spend ', after: ` ${articleOf(order)} ${order}` },
  { id: 'recency', before: `${ordered} last `, after: ' ago' },
];

function rhythmOf(
  features: readonly FeatureSummary[],
  told: readonly Rhythm[],
  currency: string | null,
  { people }: Words,
): string {
  const parts = told.map(({ id, before, after }) => {
    const { value, overall } = sideBySide(features.find(feature => feature.id === id)!, currency);
    return `${before}${spoken(value)}${after} (all ${people}: ${spoken(overall)})`;
  });
  return parts.length > 0 ? `Typically they ${listed(parts)}.` : '';
}

function apartOf(apart: readonly Shown[], { people }: Words): string {
  const parts = apart.map(
    ({ evidence: { label, value, overall } }) => `${label} (${value} against ${overall})`,
  );
  return parts.length > 0 ? `Set against all ${people}, what stands out: ${listed(parts)}.` : '';
}
