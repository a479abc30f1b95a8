import type { SlackContext } from '../context.ts';
import { planNews } from './plan.ts';
import type { Renderers } from './renderer.ts';
import { sendDue } from './send-due.ts';

/**
 * What one beat does: looks for news where something changed since the last, also where another process wrote it, and
 * sends what is due.
 */
export function beatOf(slack: SlackContext, renderers: Renderers): () => Promise<void> {
  /** The last change of what stands whose news are planned. */
  let planned: number | undefined;
  return async () => {
    const { models, slack: kept } = await slack.app.state();
    const change = await models.lastChange();
    if (change && change.number !== planned) {
      await planNews(slack);
      planned = change.number;
    }
    const due = await kept.messages.due(slack.app.now().toISOString());
    if (due.length > 0) await sendDue(slack, renderers, due);
  };
}
