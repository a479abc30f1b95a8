import { InputError } from '../../errors.ts';
import type { State } from '../../state/state.ts';
import { type AudienceContext, asking } from './asked.ts';
import type { Audience, AudienceFigures } from './audience.ts';
import { audienceFigures } from './figures.ts';
import { filterInWords } from './filter/words/words.ts';
import { handleFor, sameFilter } from './handle.ts';
import { givenName, nameInWords } from './name.ts';

export interface BuiltAudience {
  audience: Audience;
  figures: AudienceFigures;
}

/**
 * Answers a filter as of the date on which the segments stand, and saves it under its handle. A filter that was saved
 * before keeps its date and author, and its name where no other is given.
 *
 * @param keepName whether one that was saved before keeps its name in any case
 * @throws InputError where the filter does not fit the shop
 */
export async function buildAudience(
  context: AudienceContext,
  {
    filter,
    name,
    keepName = false,
    actor,
  }: { filter: unknown; name?: string | undefined; keepName?: boolean; actor: string },
): Promise<BuiltAudience> {
  const given = name === undefined ? undefined : givenName(name);
  const { kept, words, figures } = await asking(context, { filter }, async (tx, asked) => ({
    kept: asked.resolved.filter,
    words: filterInWords(asked.resolved.root, asked.shop),
    figures: await audienceFigures(tx, asked),
  }));
  const { audiences } = context.state;
  for (;;) {
    const { handle, held: known } = await handleFor(kept, audiences.byId);
    if (known && (keepName || given === undefined || given === known.name))
      return { audience: known, figures };
    const saved = await audiences.save({
      handle,
      name: given ?? nameInWords(words),
      filter: kept,
      createdAt: context.now().toISOString(),
      createdBy: actor,
    });
    // Somebody may have saved another filter under this handle in between.
    if (sameFilter(saved.filter, kept)) return { audience: saved, figures };
  }
}

/** A saved audience with its figures as of the date on which the segments stand now. */
export async function showAudience(
  context: Pick<AudienceContext, 'warehouse' | 'state'>,
  handle: string,
): Promise<BuiltAudience> {
  const audience = await findAudience(context.state, handle);
  const figures = await asking(context, { filter: audience.filter, saved: audience }, audienceFigures);
  return { audience, figures };
}

/** Newest first. */
export function listAudiences(state: State): Promise<Audience[]> {
  return state.audiences.list();
}

export async function removeAudience(
  { state, now }: Pick<AudienceContext, 'state' | 'now'>,
  { handle, actor }: { handle: string; actor: string },
): Promise<Audience> {
  const audience = await findAudience(state, handle);
  await state.audiences.remove(audience.handle, { at: now().toISOString(), actor });
  return audience;
}

/** An InputError where there is none of this handle. */
export async function findAudience(state: State, handle: string): Promise<Audience> {
  const found = await state.audiences.byId(handle);
  if (found) return found;
  const known = await state.audiences.list();
  throw new InputError(
    `There is no audience "${handle}".`,
    known.length > 0
      ? '`kindred audience list` shows those that there are.'
      : 'None is saved yet: `kindred audience` with a filter makes one.',
  );
}
