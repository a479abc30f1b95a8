/** Where somebody asked, and who. */
export interface Spot {
  channel: string;
  /** Timestamp of the thread's first message. */
  thread: string;
  team: string;
  user: string;
}

/** Name of the conversation that is held there; of nothing that anybody writes. */
export const conversationOf = ({ channel, thread }: Pick<Spot, 'channel' | 'thread'>) =>
  `slack:${channel}:${thread}`;
