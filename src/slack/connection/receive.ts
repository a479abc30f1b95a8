/** Something that Slack told, by whatever way it came. */
export interface Received {
  body: Record<string, unknown>;
  /** What is answered at once; more than once does nothing. */
  ack: (response?: unknown) => Promise<void>;
  /** Where Slack tells it again. */
  retry: { num: number; reason: string } | null;
}

/** Fulfilled when all that it asks for is done; never rejects. */
export type Receive = (received: Received) => Promise<void>;
