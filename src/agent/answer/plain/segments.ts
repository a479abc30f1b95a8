import { listed } from '../../../segmentation/wording.ts';
import { bullets, type Part, paragraphs, type SegmentFigures, segmentLine } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

interface Found {
  asOf: string;
  currency: string | null;
  found: (SegmentFigures & { action: string | null; matched: string[] })[];
}

const MOST_FOUND = 3;

/** Segments that fit the words of the question; null where none does. */
export async function foundSegments({ look }: LookingUp, question: string): Promise<Part | null> {
  const { asOf, currency, found } = await look<Found>('find_segments', {
    description: question.slice(0, 1000),
  });
  const [best] = found;
  if (!best) return null;
  return {
    text: `Segments that fit these words, as of ${asOf}:\n${bullets(
      found
        .slice(0, MOST_FOUND)
        .map(segment => `${segmentLine(segment, currency)} Fits by: ${segment.matched.join('; ')}.`),
    )}`,
    next: best.action === null ? null : `for **${best.name}**: ${best.action}`,
  };
}

interface Listed {
  asOf: string;
  currency: string | null;
  segments: SegmentFigures[];
}

export async function allSegments({ look }: LookingUp): Promise<Part> {
  const { asOf, currency, segments } = await look<Listed>('list_segments');
  const text = `The segments, as of ${asOf}:\n${bullets(segments.map(segment => segmentLine(segment, currency)))}`;
  return { text, next: '`kindred segments KEY` shows one of them in full.' };
}

interface Shown extends SegmentFigures {
  asOf: string;
  currency: string | null;
  predictions: { valueAtRisk: number | null };
  persona: { sentence: string; paragraph: string; action: string; avoid: string } | null;
  setsApart: { label: string; here: string; all: string }[];
  rule: { text: string } | null;
}

/** One segment, in full. */
export async function segmentAnswer({ look }: LookingUp, key: string): Promise<Part> {
  const shown = await look<Shown>('show_segment', { segment: key });
  const { asOf, currency, predictions, persona, setsApart, rule } = shown;
  const { valueAtRisk } = predictions;
  return {
    text: paragraphs([
      `${segmentLine({ ...shown, valueAtRisk, sentence: null }, currency)} As of ${asOf}.`,
      persona === null ? 'It has too few customers to be described.' : persona.paragraph,
      setsApart.length === 0
        ? null
        : `What sets them apart:\n${bullets(
            setsApart.map(({ label, here, all }) => `${label}: ${here} (all customers: ${all})`),
          )}`,
      rule === null ? null : `As a rule: ${rule.text}`,
      persona === null || persona.avoid === '' ? null : `To avoid: ${persona.avoid}`,
    ]),
    next: persona === null ? null : `for **${shown.name}**: ${persona.action}`,
  };
}

interface Compared {
  asOf: string;
  currency: string | null;
  segments: Omit<SegmentFigures, 'sentence'>[];
  apart: { label: string; values: string[]; all: string }[];
  withheld: string[];
}

/** Two or three segments, side by side. */
export async function comparedSegments({ look }: LookingUp, keys: readonly string[]): Promise<Part> {
  const compared = await look<Compared>('compare_segments', { segments: keys });
  const { asOf, currency, segments, apart, withheld } = compared;
  const inTurn = (values: readonly string[]) =>
    values.map((value, i) => `**${segments[i]!.name}** ${value}`).join(', ');
  return {
    text: paragraphs([
      `Side by side, as of ${asOf}:\n${bullets(
        segments.map(segment => segmentLine({ ...segment, sentence: null }, currency)),
      )}`,
      apart.length === 0
        ? null
        : `Where they differ most:\n${bullets(
            apart.map(({ label, values, all }) => `${label}: ${inTurn(values)} (all customers: ${all})`),
          )}`,
      withheld.length === 0 ? null : `Too few customers to be compared: ${listed(withheld)}.`,
    ]),
    next: `\`kindred segments ${keys[0]}\` shows one of them in full.`,
  };
}
