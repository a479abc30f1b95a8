import { randomBytes } from 'node:crypto';
import { createRequestStateCodec } from '@modelcontextprotocol/server';
import type { Caller } from '../caller.ts';

/** What was asked of a person: comes back with the answer, by way of the client, and is worth what its signature is. */
export interface Asked {
  tool: string;
  proposal: string;
  /** Asked once more, as approving needs a reason. */
  forReason?: true;
}

/** Of this process: an answer to a question of an earlier one is refused, and the proposal can be reviewed anew. */
const key = randomBytes(32);

/** Signs what is asked of the person behind one caller: nobody else's answer to it counts. */
export function requestStateOf({ key: whose }: Caller, ttlSeconds: number) {
  return createRequestStateCodec<Asked>({ key, ttlSeconds, bind: () => whose });
}
