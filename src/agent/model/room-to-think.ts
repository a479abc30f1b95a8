import type { ModelAccess } from './access.ts';
import type { Meter } from './meter.ts';

/**
 * Current models of Anthropic think before they write unless they are told not to, each in its own way, and what they
 * think counts as part of the reply.
 */
const roomToThink = 8000;

/**
 * The most tokens that a reply may have where `written` are for what is written in it: room to think comes on top, as
 * far as the caps allow it.
 */
export async function replyTokens(
  {
    access: { official },
    meter,
  }: { access: Pick<ModelAccess, 'official'>; meter: Pick<Meter, 'outputLeft'> },
  written: number,
  inputTokens: number,
): Promise<number> {
  if (!official) return written;
  const room = (await meter.outputLeft(inputTokens)) - written;
  return written + Math.max(0, Math.min(roomToThink, room));
}
