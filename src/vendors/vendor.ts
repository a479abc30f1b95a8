import type { Log } from '../log.ts';
import type { Pacers } from './pace.ts';

/** A tool of the shop that Kindred is connected to. Whoever may read the state may read the settings; secrets are sealed there. */
export interface Connection {
  /** Also the namespace of the ids that come from it: without spaces and slashes. */
  name: string;
  vendor: VendorName;
  settings: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
}

export type VendorName =
  | 'shopify'
  | 'woocommerce'
  | 'klaviyo'
  | 'hubspot'
  | 'mailchimp'
  | 'postgres'
  | 'activecampaign'
  | 'customerio'
  | 'meta'
  | 'google'
  | 'webhook'
  | 'csv';

/** What `kindred connect` asks for. */
export interface VendorField {
  id: string;
  /** As in the vendor's own pages: "Private API key". */
  label: string;
  /** Where it is found, and what it has to be allowed to do. */
  help: string;
  secret: boolean;
  /** Taken where nothing is given; without one the field is needed. */
  fallback?: string;
  /** What is wrong with a value, as the end of a sentence that begins with the label; null where nothing is. */
  problem?: (value: string) => string | null;
}

/** A vendor as something to connect to. */
export interface Vendor {
  name: VendorName;
  title: string;
  fields: readonly VendorField[];
  /**
   * Finds out whether the credentials work.
   *
   * @returns who is there, in words, and what the credentials may not do that Kindred needs for some of its work
   * @throws OperatorError where they are refused, UpstreamError where the vendor does not answer
   */
  test(connection: Connection, platform: Platform): Promise<{ account: string; missing: readonly string[] }>;
  /** Where the vendor can be told to send what happens to this server, so that it is known at once. */
  messages?: {
    /** Path of the server's address; the name of the connection stands behind it. */
    path: string;
    /** What is left to do by hand. */
    help: string;
    /** Has it send them to an address; returns in words which ones it did not send there before. */
    subscribe(connection: Connection, address: string, platform: Platform): Promise<string[]>;
  };
}

/** What a vendor's client needs of the world; tests hand in their own clock. */
export interface Platform {
  fetch: typeof fetch;
  now: () => Date;
  /** Rejects when the signal is aborted. */
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
  log: Log;
  /** How fast each connection was asked of late; shared by all that is done in one process. */
  pacers: Pacers;
  /** Where files for people go: `out` in the data folder. */
  outDir: string;
}
