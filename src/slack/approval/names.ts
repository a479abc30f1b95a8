import type { SlackConfig } from '../../config.ts';
import { tamed } from '../../segmentation/wording.ts';
import { mrkdwn } from '../blocks/text.ts';
import { personOf } from '../people.ts';

/** Who somebody of the audit is, as mrkdwn. */
export type NameOf = (actor: string) => string;

/** People of Slack as mentions, so that they are found; everybody else as they are called. */
export function namesOf({ people }: Pick<SlackConfig, 'people'>): NameOf {
  const known = new Map(
    people.map(({ id }) => [personOf({ people, others: null }, id)!.actor, `<@${id}>`] as const),
  );
  return actor => known.get(actor) ?? plainName(actor);
}

export const plainName: NameOf = actor => mrkdwn(tamed(actor, 100)) || 'somebody';
