import type { Role } from '../tools/tool.ts';

/** Who is at the other end of a connection: what they may do, and what the audit calls them. */
export interface Caller {
  /** The person on this machine, or the name of the token. */
  actor: string;
  role: Role;
  surface: 'stdio' | 'http';
  /**
   * The same for all connections of one caller and for nobody else: an answer counts only from who was asked. Of one role
   * for good, as older clients keep a session: another role comes with another key.
   */
  key: string;
}
