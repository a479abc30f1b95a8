import { InputError } from '../../../errors.ts';
import { currentModel } from '../../../segmentation/current.ts';
import type { Model, Segment } from '../../../segmentation/model.ts';
import type { PersonaTexts } from '../../../segmentation/proposals/bodies.ts';
import { openPersonas, textsOf } from '../../../segmentation/proposals/open-personas.ts';
import { formatSize, SMALLEST_REPORTED } from '../../../segmentation/wording.ts';
import type { Proposal } from '../../../state/proposals.ts';
import type { ToolContext } from '../../../tools/tool.ts';
import type { ModelAccess } from '../../model/access.ts';
import { readPrompt } from '../../prompts.ts';
import { askFor } from '../../structured.ts';
import { type PersonaDraft, personaDrafts } from './draft.ts';
import type { FactSheet } from './fact-sheet.ts';
import { factSheets } from './fact-sheets.ts';
import { misformedByFigures } from './misformed.ts';
import { textsOfDraft, tidied } from './personas.ts';
import { missingOrTwice, refusalsOf } from './refusals.ts';
import { tellSheets } from './tell-sheets.ts';

/** What a model would call the segments, beside what they are called. */
export interface Naming {
  /** Date of the figures. */
  asOf: string;
  /** In the order of the model. */
  segments: NamedSegment[];
  /** Who wrote what would change; `deterministic` where nothing would. */
  author: 'model' | 'deterministic';
  /** null where nothing would change. */
  proposal: Proposal | null;
  /** Why the model's answer could not be taken as it was; null where it could, or no model was asked. */
  why: string | null;
}

export interface NamedSegment {
  key: string;
  before: PersonaTexts;
  /** null where it keeps the texts that it has. */
  after: PersonaTexts | null;
  /** Why it keeps them although a model was asked. */
  kept: string | null;
  /** Why one sentence does not cover it, and the change of the recipe to try; null where it does. */
  misformed: PersonaDraft['misformed'];
}

/**
 * Has a model name all segments at once, and proposes what holds; a person approves. Segments whose draft does not hold,
 * and those of fewer than ten customers, keep the texts that they have. Without a model all do.
 *
 * @throws InputError where nothing was segmented yet, or the segments changed while the model wrote
 */
export async function nameSegments(
  context: ToolContext,
  access: ModelAccess | null,
  surface: string,
): Promise<Naming> {
  const model = await context.turn('name segments', () => currentModel(context.state));
  const sheets = factSheets(model);
  const asOf = model.describedAsOf;
  const kept = model.segments.map(segment => keptAsItIs(segment, model, null));
  if (access === null || sheets.length === 0)
    return { asOf, segments: kept, author: 'deterministic', proposal: null, why: null };
  context.progress({ stage: `Asking ${access.id} to name ${sheets.length} segments` });
  const asked = await askFor({
    context,
    access,
    surface,
    purpose: 'naming',
    prompt: await readPrompt('naming'),
    data: tellSheets(model, sheets),
    schema: personaDrafts,
    check: ({ personas }) => allReasons(personas, sheets, model),
  });
  const said = asked.kind === 'answered' ? asked.value : asked.last;
  const { drafts, refused } = whatHolds(said?.personas ?? [], sheets, model);
  const segments = model.segments.map(segment => {
    const draft = drafts.find(({ key }) => key === segment.key);
    return draft
      ? renamed(segment, draft, model)
      : keptAsItIs(segment, model, whyKept(segment, refused.get(segment.key)));
  });
  const proposal = await context.turn('propose names', () => propose(context, model, segments, access));
  const why = asked.kind === 'answered' ? null : asked.why;
  return { asOf, segments, author: proposal ? 'model' : 'deterministic', proposal, why };
}

function allReasons(written: readonly PersonaDraft[], sheets: readonly FactSheet[], model: Model): string[] {
  const refusals = refusalsOf(oneOfEach(written), sheets, model);
  return [
    ...missingOrTwice(written, sheets),
    ...[...refusals].flatMap(([key, reasons]) => reasons.map(reason => `${key}: ${reason}`)),
  ];
}

function oneOfEach(written: readonly PersonaDraft[]): PersonaDraft[] {
  const tidy = written.map(tidied);
  return tidy.filter((draft, i) => tidy.findIndex(({ key }) => key === draft.key) === i);
}

/** Drafts that hold together: without those that were refused, one may say again what a kept persona says. */
function whatHolds(
  written: readonly PersonaDraft[],
  sheets: readonly FactSheet[],
  model: Model,
): { drafts: PersonaDraft[]; refused: Map<string, string[]> } {
  const refused = new Map<string, string[]>();
  let drafts = oneOfEach(written);
  for (;;) {
    const found = refusalsOf(drafts, sheets, model);
    if (found.size === 0) return { drafts, refused };
    for (const [key, reasons] of found) refused.set(key, reasons);
    drafts = drafts.filter(({ key }) => !found.has(key));
  }
}

function whyKept({ size }: Segment, reasons: readonly string[] | undefined): string {
  if (size < SMALLEST_REPORTED) return `It has ${formatSize(size)} customers: nothing is told of them.`;
  return reasons?.[0] ?? 'The model did not describe it.';
}

function keptAsItIs(segment: Segment, model: Model, kept: string | null): NamedSegment {
  const misformed = segment.size < SMALLEST_REPORTED ? null : misformedByFigures(segment, model);
  return { key: segment.key, before: textsOf(segment.persona), after: null, kept, misformed };
}

function renamed(segment: Segment, draft: PersonaDraft, { population }: Model): NamedSegment {
  return {
    key: segment.key,
    before: textsOf(segment.persona),
    after: textsOfDraft(draft, segment, population.currency),
    kept: null,
    misformed: draft.misformed,
  };
}

/** null where nothing would change. */
async function propose(
  { state, now, actor }: ToolContext,
  written: Model,
  segments: readonly NamedSegment[],
  access: ModelAccess,
): Promise<Proposal | null> {
  const texts = segments.flatMap(({ key, before, after }) =>
    after && JSON.stringify(after) !== JSON.stringify(before) ? [{ key, after }] : [],
  );
  if (texts.length === 0) return null;
  const standing = await currentModel(state);
  if (standing.id !== written.id || standing.describedAsOf !== written.describedAsOf)
    throw new InputError(
      'The segments changed while the model wrote about them, so that its texts may not fit.',
      'Run `kindred name` again.',
    );
  return openPersonas({ state, now }, { texts, why: `Written by ${access.id} from the figures.`, actor });
}
