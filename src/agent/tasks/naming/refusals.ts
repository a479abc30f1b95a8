import type { Model } from '../../../segmentation/model.ts';
import { whyRefused } from '../../../segmentation/proposals/check-texts.ts';
import { capitalised } from '../../../segmentation/wording.ts';
import type { Described } from '../../checks/check.ts';
import { refusingChecks } from '../../checks/persona-checks.ts';
import type { PersonaDraft } from './draft.ts';
import type { FactSheet } from './fact-sheet.ts';
import { draftOfPersona, textsOfDraft } from './personas.ts';

/**
 * Why drafts may not be shown, by key, for the model that wrote them; segments whose draft is good do not appear.
 * Segments without a draft are held to keep the texts that they have.
 *
 * @param drafts at most one of each key
 */
export function refusalsOf(
  drafts: readonly PersonaDraft[],
  sheets: readonly FactSheet[],
  model: Model,
): Map<string, string[]> {
  const described = describedAfter(drafts, sheets, model);
  const after = withDrafts(drafts, model);
  const refusals = drafts.map((draft): [string, string[]] => {
    const sheet = sheets.find(({ key }) => key === draft.key);
    if (!sheet) return [draft.key, ['There is no fact sheet with this key.']];
    const others = described.filter(other => other.sheet !== sheet);
    const checked = refusingChecks.flatMap(check => check(draft, sheet, others).failures);
    return [
      draft.key,
      [...new Set([...wrongAction(draft, sheet), ...unusable(draft.key, after), ...checked])],
    ];
  });
  return new Map(refusals.filter(([, reasons]) => reasons.length > 0));
}

/** Why an answer as a whole is not what was asked for. */
export function missingOrTwice(drafts: readonly PersonaDraft[], sheets: readonly FactSheet[]): string[] {
  return sheets.flatMap(({ key }) => {
    const written = drafts.filter(draft => draft.key === key).length;
    if (written === 1) return [];
    return [written === 0 ? `"${key}" is not described.` : `"${key}" is described ${written} times.`];
  });
}

function describedAfter(
  drafts: readonly PersonaDraft[],
  sheets: readonly FactSheet[],
  { segments }: Model,
): Described[] {
  return sheets.map(sheet => ({
    sheet,
    draft:
      drafts.find(({ key }) => key === sheet.key) ??
      draftOfPersona(segments.find(({ key }) => key === sheet.key)!.persona, sheet),
  }));
}

function withDrafts(drafts: readonly PersonaDraft[], model: Model): Model {
  const { currency } = model.population;
  const segments = model.segments.map(segment => {
    const draft = drafts.find(({ key }) => key === segment.key);
    if (!draft) return segment;
    return { ...segment, persona: { ...segment.persona, ...textsOfDraft(draft, segment, currency) } };
  });
  return { ...model, segments };
}

function wrongAction({ action }: PersonaDraft, { features }: FactSheet): string[] {
  const parts = [action.channel, action.offer, action.timing].flatMap(part => part ?? []);
  if (parts.length === 0) return ['It says nothing to do.'];
  return parts
    .filter(({ feature }) => !features.some(({ id }) => id === feature))
    .map(({ feature }) => `The action names the feature ${feature}, which is not on the fact sheet.`);
}

/** What a proposal of texts would be refused for, from whatever hand. */
function unusable(key: string, after: Model): string[] {
  const { persona } = after.segments.find(segment => segment.key === key)!;
  const why = whyRefused([{ key, after: persona }], after);
  return why === null ? [] : [`${capitalised(why)}.`];
}
