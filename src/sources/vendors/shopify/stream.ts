import { UpstreamError } from '../../../errors.ts';
import { downloadLines } from '../../../vendors/download.ts';
import { type ShopifyApi, shopifyApi } from '../../../vendors/shopify-api.ts';
import type { Connection, Platform } from '../../../vendors/vendor.ts';
import type { Page, Stream } from '../../pull/source.ts';
import { type BulkResult, beginBulk, bulkResult } from './bulk.ts';
import type { Documents } from './documents.ts';
import { type BulkRecord, type Family, partsOf, partsWithFamilies } from './families.ts';
import { cursorOf, type Place, placeOf } from './place.ts';
import type { ReadRecords } from './rows.ts';

/** A record as a page has it: its children, which a bulk operation tells apart, are in it. */
export type PagedRecord = BulkRecord & { updatedAt: string; lineItems?: Connected };

export interface Connected {
  nodes: BulkRecord[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What is particular to one kind of record. */
export interface Kind {
  name: string;
  title: string;
  documents: Documents;
  /**
   * Longest time by which the search may know of a change too late. What changed so shortly before the latest that was seen
   * is asked for again.
   */
  overlapMs: number;
  /** Records of a page. */
  atOnce: number;
  /** Whether pages come by time of change: else what changes while they are read may stand behind them already. */
  byChange: boolean;
  /** Children that a page has no room for. */
  more?: (api: ShopifyApi, record: PagedRecord) => Promise<BulkRecord[]>;
  read(families: readonly Family[], api: ShopifyApi): Promise<ReadRecords>;
}

/** Records of one transaction. */
const rowsAtOnce = 1000;
/** Longer ago, it is quicker to ask for all changes in bulk than page by page. */
const longPagesMs = 14 * 86_400_000;
/** Operations that come to nothing one after the other. */
const mostOperations = 3;

/**
 * All of it in bulk the first time: the shop writes a file, at no cost in points, whatever its size. What changed since comes
 * page by page, since an operation takes a minute or more to begin and changes of a day are few.
 */
export function streamOf(kind: Kind): Stream {
  return {
    name: kind.name,
    title: kind.title,
    async *pull(connection, cursor, platform) {
      const api = shopifyApi(connection, platform);
      const place = placeOf(cursor);
      const long = place.since !== null && platform.now().getTime() - Date.parse(place.since) > longPagesMs;
      const whole = place.since === null || place.operation !== null || (long && place.after === null);
      if (whole) yield* inBulk(kind, api, connection, place, platform);
      else yield* byPages(kind, api, { ...place, since: place.since! }, platform);
    },
  };
}

const changedSince = (since: string | null) => (since === null ? '' : `updated_at:>='${since}'`);

async function* inBulk(
  kind: Kind,
  api: ShopifyApi,
  connection: Connection,
  place: Place,
  platform: Platform,
): AsyncGenerator<Page> {
  const { since } = place;
  let { operation, part, done } = place;
  for (let begun = 0; ; ) {
    if (operation === null) {
      if (begun++ >= mostOperations) throw noResult(connection);
      const query = kind.documents.bulk(changedSince(since));
      ({ id: operation } = await beginBulk(api, query, connection, platform));
      [part, done] = [0, 0];
      // So that after a kill it is waited for, rather than begun once more.
      yield { rows: {}, received: 0, leftOut: [], cursor: cursorOf({ since, operation }) };
    }
    const result = await bulkResult(api, operation, connection, platform);
    if (result) {
      yield* fromFile(kind, api, connection, { ...place, operation, part, done }, result, platform);
      return;
    }
    operation = null;
  }
}

async function* fromFile(
  kind: Kind,
  api: ShopifyApi,
  connection: Connection,
  { since, operation, part, done }: Place,
  result: BulkResult,
  platform: Platform,
): AsyncGenerator<Page> {
  const parts = partsOf(result.objects);
  const expected = result.roots;
  const through = {
    cursor: cursorOf({
      since: new Date(Date.parse(result.createdAt) - kind.overlapMs).toISOString(),
    }),
  };
  let at = part;
  if (result.url !== null) {
    const whole = wholeFile(result.url, result.fileSize, connection, platform);
    for await (const { families, orphans } of partsWithFamilies(whole, parts, part)) {
      // A part that was stored in pieces goes on where it was left.
      let from = at === part ? done : 0;
      let left = orphans;
      while (from < families.length || left > 0) {
        const some = families.slice(from, from + rowsAtOnce);
        const read = await kind.read(some, api);
        from += some.length;
        const received = some.length + left;
        const cursor = cursorOf({ since, operation, part: at, done: from });
        yield { ...withOrphans(read, left), received, expected, cursor };
        left = 0;
      }
      at++;
    }
  }
  yield { rows: {}, received: 0, leftOut: [], expected, ...through };
}

function withOrphans(read: ReadRecords, orphans: number): ReadRecords {
  if (orphans === 0) return read;
  const reason = 'a part of a record that was not told';
  return { ...read, leftOut: [...read.leftOut, { reason, records: orphans }] };
}

async function* wholeFile(
  url: string,
  size: number,
  { name }: Connection,
  platform: Platform,
): AsyncGenerator<{ line: string }> {
  let end = 0;
  for await (const line of downloadLines(url, {}, platform)) {
    end = line.end;
    yield line;
  }
  if (end < size)
    throw new UpstreamError(
      `The file of a bulk operation over the connection ${name} broke off.`,
      'What was stored so far is kept. Run `kindred sync-in` again.',
    );
}

async function* byPages(
  kind: Kind,
  api: ShopifyApi,
  { since, after: stored, latest: seen }: Place & { since: string },
  { now }: Platform,
): AsyncGenerator<Page> {
  const filter = changedSince(since);
  let after = stored;
  let latest = seen ?? (kind.byChange ? null : now().toISOString());
  for (;;) {
    const { page } = await api.ask<{ page: Connected & { nodes: PagedRecord[] } }>(kind.documents.paged, {
      first: kind.atOnce,
      after,
      filter,
    });
    const families: Family[] = [];
    for (const record of page.nodes) {
      families.push({ root: record, children: await childrenOf(kind, api, record) });
      if (kind.byChange && (latest === null || Date.parse(record.updatedAt) > Date.parse(latest)))
        latest = record.updatedAt;
    }
    const read = await kind.read(families, api);
    const ended = !page.pageInfo.hasNextPage;
    after = page.pageInfo.endCursor;
    const cursor = ended
      ? cursorOf({ since: later(since, latest, kind.overlapMs) })
      : cursorOf({ since, after, latest });
    yield { ...read, received: families.length, cursor };
    if (ended) return;
  }
}

async function childrenOf(kind: Kind, api: ShopifyApi, record: PagedRecord): Promise<BulkRecord[]> {
  const { lineItems } = record;
  if (!lineItems) return [];
  const rest = lineItems.pageInfo.hasNextPage && kind.more ? await kind.more(api, record) : [];
  return [...lineItems.nodes, ...rest];
}

/** The latest change that all before it was seen of, less the overlap, and never back. */
function later(since: string, latest: string | null, overlapMs: number): string {
  const next = latest === null ? 0 : Date.parse(latest) - overlapMs;
  return next > Date.parse(since) ? new Date(next).toISOString() : since;
}

function noResult({ name }: Connection): UpstreamError {
  return new UpstreamError(
    `Shopify came to no result in bulk over the connection ${name}, several times in a row.`,
    'Its status page may tell more. Run `kindred sync-in` again later.',
  );
}
