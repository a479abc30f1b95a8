import type { ActivationContext } from './context.ts';

/**
 * Takes people out of all destinations at once, as an objection and an erasure ask: nothing more of them is sent, and
 * whoever may be somewhere because of Kindred is removed by the next beat, or `kindred sync apply`. Nobody has to approve it,
 * and a paused sync does it as well. Who was there before Kindred came stays: they gave themselves to that tool.
 *
 * @param profileIds of now, and those that the people had before they were joined
 * @param reason as the audit tells it, without the person: "objected to profiling"
 */
export async function withdraw(
  { state, now }: Pick<ActivationContext, 'state' | 'now'>,
  profileIds: readonly string[],
  { by, reason }: { by: string; reason: string },
): Promise<{ removals: number; dropped: number }> {
  return (await state()).syncRuns.withdraw(profileIds, { at: now().toISOString(), by, reason });
}
