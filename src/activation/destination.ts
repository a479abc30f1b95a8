import type { Connection, Platform } from '../vendors/vendor.ts';

/** One person as a destination may know them. Nothing but what the audience's approval named is sent. */
export interface Member {
  profileId: string;
  /** Lower case and trimmed. */
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** Ids by which sources know them: a destination that is a source too finds its own. */
  ids: readonly { source: string; id: string }[];
  /** What profiles may carry there: the segment's name and such, by the names of `properties` of the target. */
  properties: Readonly<Record<string, string | number | null>>;
  /** Of the channel that the destination serves, as last stated. */
  consent: 'granted' | 'none' | 'denied';
}

/** Where at the vendor an audience goes. */
export interface Target {
  /** What the list, tag or audience is called there. Advertising platforms see a neutral name. */
  name: string;
  /** The vendor's id of it, once it is known. */
  id: string | null;
  /** The destination's own choices, as for Mailchimp `{"as": "tags"}`. */
  options: Readonly<Record<string, string>>;
}

/** What became of one member of a batch. */
export type Outcome = { profileId: string } & (
  | {
      kind: 'done';
      /** By what the destination knows them, as `keyOf` and `members` say it: kept, for removing them again and for telling who is there. */
      key: string;
    }
  /** Failed for now: tried again. */
  | { kind: 'again'; reason: string }
  /** Will not be taken however often it is tried. */
  | { kind: 'refused'; reason: string }
);

/** A member that Kindred added before. */
export interface KnownMember {
  profileId: string;
  key: string;
  /** Another audience of the connection keeps the same property on them: it stays as it is. Absent: it goes with them. */
  keepsProperty?: boolean;
}

/**
 * A vendor as somewhere to put an audience. Every call may be repeated: done twice it changes nothing more. A destination
 * never writes consent, subscription or suppression states, and removes nobody but those it is handed.
 */
export interface Destination {
  vendor: Connection['vendor'];
  title: string;
  /** Whose permission is needed, and whether names there have to be neutral. */
  channel: 'email' | 'advertising' | 'personalisation';
  /** Members of one call, at most. */
  batch: number;
  /** Finds the list by its id or name, or makes it, also where somebody deleted it. Returns the target with its id. */
  ensure(connection: Connection, target: Target, platform: Platform): Promise<Target>;
  /** By what the destination would know a member: e-mail, record id, hash; or why it cannot ("no e-mail address"). */
  keyOf(connection: Connection, member: Member): { key: string } | { cannot: string };
  /**
   * Keys of all who are in it, for the difference before a change; absent where the vendor does not tell: then what was
   * sent last counts, and the plan says so. Called before anything is approved, so it makes nothing there: a target without
   * an id is looked up by its name, and gives nobody where there is none. Throws where the vendor does not answer.
   */
  members?(connection: Connection, target: Target, platform: Platform): AsyncIterable<readonly string[]>;
  /** Puts members in, or brings their properties up to date. `id` names the batch, the same when it is tried again. */
  add(
    connection: Connection,
    target: Target,
    members: readonly Member[],
    id: string,
    platform: Platform,
  ): Promise<Outcome[]>;
  /** Takes members out, and the segment's name off them. A list that is no more has no members: then they are out. */
  remove(
    connection: Connection,
    target: Target,
    members: readonly KnownMember[],
    id: string,
    platform: Platform,
  ): Promise<Outcome[]>;
  /**
   * The person's wish to be forgotten: what Kindred put there goes, and with `wholly` the vendor is asked to erase them.
   *
   * @returns in words what was done or asked for, without the person
   */
  erase(
    connection: Connection,
    person: {
      email: string | null;
      phone: string | null;
      keys: readonly string[];
      targets: readonly Target[];
    },
    wholly: boolean,
    platform: Platform,
  ): Promise<string>;
}
