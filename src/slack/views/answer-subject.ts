import { intentOf, type Topic } from '../../agent/answer/plain/intents.ts';
import type { ToolCall } from '../../agent/loop/loop.ts';
import type { ChartData, ChartKind } from '../../charts/chart-data.ts';
import { counted, dayText, peopleText } from '../../markdown/figures.ts';
import { capitalised } from '../../segmentation/wording.ts';
import type { AllMoves, ShownAudience } from './results.ts';

type Call = Pick<ToolCall, 'name' | 'output'>;

/** Which tools answer a topic. */
const toolsOf: Readonly<Record<Topic, readonly string[]>> = {
  lift: ['lift'],
  moves: ['show_moves'],
  drift: ['show_drift'],
  compare: ['compare_segments'],
  budget: ['plan_budget'],
  predictions: ['show_predictions'],
  overview: ['shop_overview'],
  todo: ['show_drift'],
};

const audienceTools = ['build_audience', 'explain_audience'];

/** What is looked at to find one's way, and rarely is what was asked for. */
const orientation = ['shop_overview', 'list_segments', 'list_features', 'show_model_card', 'show_chart'];

/** The call that an answer is most about: of what the question asks for by its words, or else what was looked up last. */
export function subjectOf<C extends Call>(calls: readonly C[], question: string): C | null {
  const { topics, standing, people, handles } = intentOf(question);
  if (standing.length > 0 || people !== null || handles.length > 0) {
    const audience = calls.findLast(({ name }) => audienceTools.includes(name));
    if (audience) return audience;
  }
  for (const topic of topics) {
    const asked = calls.findLast(({ name }) => toolsOf[topic].includes(name));
    if (asked) return asked;
  }
  return (
    calls.findLast(({ name }) => !orientation.includes(name)) ??
    calls.findLast(({ name }) => name === 'list_segments') ??
    calls.at(-1) ??
    null
  );
}

const pictures: Readonly<Record<string, ChartKind>> = {
  show_moves: 'moves',
  show_drift: 'sizes',
  list_segments: 'sizes',
  shop_overview: 'map',
  show_segment: 'profile',
  find_segments: 'profile',
  compare_segments: 'profile',
  show_predictions: 'sizes',
};

/** One that the model chose to show, or that of the subject. */
export function pictureFor(
  calls: readonly Call[],
  subject: Call | null,
  question: string,
): ChartData | ChartKind | null {
  const chosen = calls.findLast(({ name }) => name === 'show_chart');
  if (chosen) return chosen.output as unknown as ChartData;
  if (!subject) return null;
  const { name, output } = subject;
  if (audienceTools.includes(name)) return placesOf(output as unknown as ShownAudience);
  // A picture of nothing.
  if (name === 'show_moves' && (output as unknown as AllMoves).moves.length === 0) return null;
  if (name === 'list_segments' && /\b(?:map|alike|similar|near(?:est)?|close(?:st)?)\b/i.test(question))
    return 'map';
  return pictures[name] ?? null;
}

/** In which segments the members of an audience stand; null where that is withheld, or they stand in one. */
function placesOf({ asOf, name, segments, elsewhere }: ShownAudience): ChartData | null {
  if (segments.length < 2) return null;
  const told = segments.map(segment => `${segment.name} ${peopleText(segment.customers)}`).join('; ');
  const others = elsewhere === null ? '' : ` ${capitalised(counted(elsewhere, 'customer'))} stand elsewhere.`;
  return {
    asOf,
    chart: 'sizes',
    title: `${name}: where they stand`,
    note: `Customers of the audience in each segment, to the nearest ten.${others}`,
    alt: `Customers of “${name}” in each segment as of ${dayText(asOf)}: ${told}.${others}`,
    segments,
    map: null,
    profile: null,
    moves: null,
    sizes: { dates: [asOf], replaced: [], lines: segments.map(({ customers }) => [customers]), earlier: [] },
  };
}
