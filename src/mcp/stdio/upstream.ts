import type { Id, Message } from './message.ts';

/** A server of MCP that the relay talks to for its client, in this process or another. */
export interface Upstream {
  /**
   * Stands in for one that cannot be had now: it says what there is, and why nothing can be asked of it. What needs the
   * stores has the relay look for a better one first.
   */
  readonly standIn: boolean;
  /** Hands a message over, in the order of the calls; what becomes of it is told by the events. */
  send(message: Message): void;
  close(): Promise<void>;
}

export interface UpstreamEvents {
  message: (message: Message) => void;
  /**
   * It is gone, and with it all that was asked of it and not answered; `unheard` are the questions that are certain never
   * to have reached it. Nothing comes after this.
   */
  lost: (why: string, unheard?: ReadonlySet<Id>) => void;
}

/** What the relay looks for. */
export interface Looking {
  /** The one that stands in now, where one does: then a better one is waited for a while, and the same returned else. */
  standIn: Upstream | null;
  /** Whether somebody waits for an answer. Where not, nothing is taken for that: a server may be starting anew. */
  asked: boolean;
}

/**
 * Finds the upstream of now; null where nobody asked and none is there.
 *
 * @throws KindredError that says who can mend it, where there is none
 */
export type Connect = (events: UpstreamEvents, looking: Looking) => Promise<Upstream | null>;
