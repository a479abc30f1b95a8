import { wordsOf } from '../../told-errors.ts';
import { messageText } from '../blocks/text.ts';
import type { SlackContext } from '../context.ts';
import { asSlackError } from '../slack-error.ts';
import { patientFetch } from './patient-fetch.ts';
import { toldBy } from './told.ts';

/** Tells whoever pressed, typed a command or sent a dialog off what went wrong with it: nothing ends in silence. */
export async function apologise(
  error: unknown,
  body: Readonly<Record<string, unknown>>,
  slack: Pick<SlackContext, 'app' | 'client' | 'log'>,
): Promise<void> {
  if (body.event !== undefined) return;
  const text = messageText(wordsOf(asSlackError(error), slack));
  const { response_url: url } = body;
  if (typeof url === 'string') {
    const answer = { response_type: 'ephemeral', replace_original: false, text };
    const headers = { 'content-type': 'application/json' };
    const response = await patientFetch()(url, { method: 'POST', headers, body: JSON.stringify(answer) });
    await response.body?.cancel();
  } else await slack.client.chat.postMessage({ channel: toldBy(body).user, text });
}
