import type { KnownBlock } from '@slack/types';
import { section } from '../blocks/layout.ts';

/** The same for notifications and screen readers. */
export const refusalText = 'Kindred does not know you yet, so it cannot answer you here.';

/** For somebody to whom the configuration gives no role: whom to ask, and for what. */
export function refusalBlocks(userId: string): KnownBlock[] {
  const id = /^[UW][A-Z0-9]{2,}$/.test(userId) ? userId : 'their member ID';
  return [
    section(refusalText),
    section(
      `Please ask the person who runs Kindred to let you in, and send them this: put \`${id}\` into \`KINDRED_SLACK_VIEWERS\` to let you read, into \`KINDRED_SLACK_ANALYSTS\` to let you propose and export as well, or into \`KINDRED_SLACK_APPROVERS\` to let you approve. \`KINDRED_SLACK_OTHERS=viewer\` lets everybody in the workspace read.`,
    ),
  ];
}
