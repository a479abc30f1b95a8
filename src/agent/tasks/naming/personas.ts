import type { Persona, Segment } from '../../../segmentation/model.ts';
import { evidenceOf } from '../../../segmentation/persona-evidence.ts';
import type { PersonaTexts } from '../../../segmentation/proposals/bodies.ts';
import type { PersonaDraft } from './draft.ts';
import type { FactSheet } from './fact-sheet.ts';

/** A draft as a persona has it. The figures of its evidence are the segment's own, whatever the draft says. */
export function textsOfDraft(
  draft: PersonaDraft,
  { features, persona }: Segment,
  currency: string | null,
): PersonaTexts {
  const evidence = draft.evidence.flatMap(({ feature }) => {
    const summary = features.find(({ id }) => id === feature);
    return (summary && evidenceOf(summary, currency, false)) ?? [];
  });
  return {
    name: draft.name,
    sentence: draft.sentence,
    paragraph: draft.paragraph,
    evidence: evidence.length > 0 ? evidence : persona.evidence,
    action: actionOf(draft),
    avoid: draft.avoid,
    neutralName: draft.neutralName,
  };
}

function actionOf({ action: { channel, offer, timing } }: PersonaDraft): string {
  return [channel, offer, timing].flatMap(part => (part ? [part.text] : [])).join(' ');
}

/**
 * A standing persona as a draft, to be held against others and by the same measures. Its advice stands in one text, which
 * is taken for the offer.
 */
export function draftOfPersona(persona: Persona, sheet: FactSheet): PersonaDraft {
  const evidence = persona.evidence.map(({ feature, direction, label, value, overall }) => ({
    feature,
    direction,
    says: `${label}: ${value} against ${overall}`,
  }));
  const strongest = evidence[0]?.feature ?? sheet.features[0]?.id;
  return {
    key: sheet.key,
    name: persona.name,
    sentence: persona.sentence,
    paragraph: persona.paragraph,
    evidence,
    action: {
      channel: null,
      offer: strongest === undefined ? null : { text: persona.action, feature: strongest },
      timing: null,
    },
    avoid: persona.avoid,
    neutralName: persona.neutralName,
    misformed: null,
  };
}

/** Line breaks and doubled spaces are no part of a text. */
export function tidied(draft: PersonaDraft): PersonaDraft {
  const part = (one: PersonaDraft['action']['offer']) => one && { ...one, text: tidy(one.text) };
  const { channel, offer, timing } = draft.action;
  return {
    ...draft,
    key: draft.key.trim(),
    name: tidy(draft.name),
    sentence: tidy(draft.sentence),
    paragraph: tidy(draft.paragraph),
    evidence: draft.evidence.map(({ says, ...rest }) => ({ ...rest, says: tidy(says) })),
    action: { channel: part(channel), offer: part(offer), timing: part(timing) },
    avoid: tidy(draft.avoid),
    neutralName: tidy(draft.neutralName),
    misformed: draft.misformed && { why: tidy(draft.misformed.why), try: tidy(draft.misformed.try) },
  };
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
