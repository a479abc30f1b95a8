import { InputError } from '../../errors.ts';
import type { Proposal } from '../../state/proposals.ts';
import { currentModel, findSegment } from '../current.ts';
import type { Model, Persona } from '../model.ts';
import type { SegmentContext } from '../segment-shop.ts';
import { capitalised, listed } from '../wording.ts';
import type { PersonaBody, PersonaTexts } from './bodies.ts';
import { whyRefused } from './check-texts.ts';
import { oneLine, open } from './open.ts';

/**
 * Proposes other texts for segments of the standing model. An open proposal for the same segment, or for several of the
 * same model, becomes superseded.
 *
 * @throws InputError where there is no such segment, a text is refused (`whyRefused`), or nothing would change
 */
export async function openPersonas(
  context: Pick<SegmentContext, 'state' | 'now'>,
  {
    texts,
    why,
    actor,
  }: { texts: readonly { key: string; after: PersonaTexts }[]; why: string; actor: string },
): Promise<Proposal> {
  const model = await currentModel(context.state);
  const changes = texts
    .map(({ key, after }) => ({
      key,
      before: textsOf(findSegment(model, key).persona),
      after: textsOf(after),
    }))
    .filter(({ before, after }) => !sameTexts(before, after));
  if (changes.length === 0)
    throw new InputError('These texts stand already.', 'Nothing needs to be decided.');
  const refused = whyRefused(changes, model);
  if (refused !== null) throw new InputError(`${capitalised(refused)}.`, 'Write it otherwise.');
  const body: PersonaBody = {
    modelId: model.id,
    asOf: model.describedAsOf,
    why: oneLine(why),
    texts: changes,
  };
  const subject = changes.length === 1 ? changes[0]!.key : model.id;
  return open(context, { kind: 'persona', subject, summary: summaryOf(changes), body }, actor);
}

/** Those of a persona that are written anew, in one order. */
export function textsOf({
  name,
  sentence,
  paragraph,
  evidence,
  action,
  avoid,
  neutralName,
}: PersonaTexts): PersonaTexts {
  return {
    name,
    sentence,
    paragraph,
    evidence: evidence.map(({ feature, label, direction, value, overall }) => ({
      feature,
      label,
      direction,
      value,
      overall,
    })),
    action,
    avoid,
    neutralName,
  };
}

/** In one order of their parts: the state gives objects back in another. */
function sameTexts(one: PersonaTexts, other: PersonaTexts): boolean {
  return JSON.stringify(textsOf(one)) === JSON.stringify(textsOf(other));
}

/** The persona as a model wrote it; what it was matched to stays. */
export function withTexts(persona: Persona, texts: PersonaTexts): Persona {
  return { ...persona, ...texts, author: 'model' };
}

/** Why texts that were written for a model cannot be put into it any more; null where they can. */
export function whyOutdated({ modelId, asOf, texts }: PersonaBody, standing: Model): string | null {
  if (modelId !== standing.id) return 'other segments stand by now than those that it names';
  if (asOf !== standing.describedAsOf)
    return `it was written from the figures of ${asOf}, and the segments stand as of ${standing.describedAsOf} by now`;
  const changed = texts.filter(({ key, before }) => {
    const segment = standing.segments.find(candidate => candidate.key === key);
    return !segment || !sameTexts(segment.persona, before);
  });
  // Another segment may have been given the same name since.
  if (changed.length === 0) return whyRefused(texts, standing);
  const names = listed(changed.map(({ before }) => `“${before.name}”`));
  return `the texts of ${names} were changed since`;
}

function summaryOf(changes: PersonaBody['texts']): string {
  const renamed = changes.filter(({ before, after }) => before.name !== after.name);
  const names = renamed.map(({ before, after }) => `“${before.name}” would be “${after.name}”`);
  const others = changes.filter(({ before, after }) => before.name === after.name);
  const kept = others.map(({ before }) => `“${before.name}” would be described anew`);
  return `${listed([...names, ...kept])}. Who is in which segment stays.`;
}
