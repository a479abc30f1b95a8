import type { VendorName } from '../vendors/vendor.ts';
import type { Member, Target } from './destination.ts';

/** Why members of an audience may be handed to a destination, as a person stated it. */
export interface SyncBasis {
  lawfulBasis: 'consent' | 'legitimate-interest';
  /** What a legitimate interest consists in; blank for consent. */
  interest: string;
}

/** What a run changes, exactly; sums to the members of the audience and those there before. */
export interface PlanCounts {
  /** Members of the audience as of the date, before anybody is left out. */
  members: number;
  adds: number;
  /** Members already there whose properties change. */
  updates: number;
  removes: number;
  unchanged: number;
  holdout: number;
  /** Members who are not sent, by reason ("no consent for e-mail"). */
  suppressed: readonly { reason: string; customers: number }[];
  /** Whether the destination told who is in it; where not, the difference is against what Kindred sent last. */
  against: 'destination' | 'last sent';
}

/** An audience that is kept at a destination. */
export interface Sync {
  /** Short and sayable: "s-3". */
  id: string;
  audience: string;
  connection: string;
  target: Target;
  basis: SyncBasis;
  /** Share of the members, 0.05..0.1. */
  holdout: number;
  /** The secret by which they are chosen. */
  holdoutKey: string;
  mostChange: number;
  purpose: string;
  /** `waiting` for its first approval. */
  status: 'waiting' | 'active' | 'paused' | 'ended';
  createdAt: string;
  createdBy: string;
  endedAt: string | null;
}

/** One difference between an audience and its destination, from plan to done. */
export interface SyncRun {
  id: number;
  sync: string;
  /** The audience as of a date; nobody any more; or people who have to go at once. */
  kind: 'follow' | 'end' | 'withdrawal';
  asOf: string;
  /** The record of the history that it was planned from. */
  record: string;
  status: 'draft' | 'planned' | 'approved' | 'done' | 'superseded' | 'rejected';
  counts: PlanCounts;
  /** Why it does not go on for now, and from when on it is tried again. */
  problem: string | null;
  retryAt: string | null;
  /** How often in a row the destination could not be reached. */
  failures: number;
  createdAt: string;
  createdBy: string;
  approvedAt: string | null;
  finishedAt: string | null;
}

/** How far the changes of a run have come. */
export interface Progressed {
  waiting: number;
  done: { adds: number; updates: number; removes: number };
  /** Not taken by the destination, and left out by Kindred at the last moment, by reason. */
  refused: readonly { reason: string; customers: number }[];
  dropped: readonly { reason: string; customers: number }[];
}

/** What a plan is to change of one profile. */
export interface PlannedChange {
  profileId: string;
  action: 'add' | 'update' | 'remove' | 'hold';
  /** Where they stand, of those who are assigned with it. */
  segment: string | null;
  member: Member | { key: string } | null;
}

/** Somebody whom Kindred put into a destination, or found there. */
export interface LedgerEntry {
  profileId: string;
  key: string;
  added: 'by kindred' | 'found there';
  properties: Member['properties'];
  /** null as long as the destination has not said that they arrived. */
  sentAt: string | null;
}

export interface Assignment {
  profileId: string;
  arm: 'treated' | 'holdout';
  segment: string;
  asOf: string;
  assignedAt: string;
}

/** A plan as it is decided: what a proposal of kind `sync` says of a run. */
export interface PlanBody {
  destination: 'connection';
  handle: string;
  /** Of the audience. */
  name: string;
  sync: string;
  run: number;
  kind: 'follow' | 'end';
  connection: string;
  vendor: VendorName;
  /** The vendor as people call it. */
  title: string;
  channel: 'email' | 'advertising' | 'personalisation';
  /** What the list is called there. */
  target: string;
  basis: SyncBasis;
  holdout: number;
  mostChange: number;
  /** What the holdout can show, in words; blank where nobody is held out. */
  canShow: string;
  counts: PlanCounts;
  asOf: string;
  record: string;
  purpose: string;
  /** Why a sync that follows by itself asks again; blank where it does not. */
  asksAgain: string;
}
