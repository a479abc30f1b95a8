import type { SlackEvent, SlackEventRepository } from '../../state/slack-events.ts';
import type { State } from '../../state/state.ts';

/** Slack tells nothing again after an hour; a day keeps what somebody may want to look into. */
const keptMs = 24 * 3600_000;

/** What Slack told, noted in the state; with each new day what is over goes. */
export function notesIn(
  state: () => Promise<Pick<State, 'slack'>>,
): Pick<SlackEventRepository, 'begin' | 'end'> {
  let day = '';
  return {
    async begin(event: SlackEvent) {
      const { events } = (await state()).slack;
      const isNew = await events.begin(event);
      const today = event.at.slice(0, 10);
      if (today !== day) {
        day = today;
        // It is noted all the same; what stays goes with the next day.
        await events.forget(new Date(Date.parse(event.at) - keptMs).toISOString()).catch(() => {});
      }
      return isNew;
    },
    end: async (id, at) => (await state()).slack.events.end(id, at),
  };
}
