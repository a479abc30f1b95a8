import { UpstreamError } from '../../errors.ts';
import type { KlaviyoApi, Resource } from '../../vendors/klaviyo-api.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';
import type { Platform } from '../../vendors/vendor.ts';

/** What Klaviyo takes in one job. */
const mostRows = 10_000;
const mostBytes = 5 * 1024 * 1024 - 4096;
/** Jobs usually take seconds to minutes; one that takes longer is asked about at the next try. */
const patience = 30 * 60_000;
/** How often a job is sent anew without the rows for which Klaviyo refused it as a whole. */
const mostRounds = 20;

/** A profile as an import names it, by its e-mail (made where there is none) or its id, and its own properties. */
export interface ImportRow {
  id?: string;
  email?: string;
  set: Readonly<Record<string, string | number>>;
  unset: readonly string[];
}

export type Imported = { kind: 'done' } | { kind: 'again' | 'refused'; reason: string };

interface Job {
  status: 'queued' | 'processing' | 'complete' | 'cancelled';
  failed_count?: number | null;
}

interface ImportError {
  code?: string;
  source?: { pointer?: string | null } | null;
  original_payload?: Readonly<Record<string, unknown>> | null;
}

/**
 * Brings profiles up to date in bulk, puts them into a list with the same jobs, and waits until that is done. Neither
 * subscribes anybody nor touches a consent. Done twice it changes nothing more.
 *
 * @param list null for none
 * @returns what became of each row, in their order
 */
export async function importProfiles(
  api: KlaviyoApi,
  rows: readonly ImportRow[],
  list: string | null,
  platform: Platform,
): Promise<Imported[]> {
  const became = new Array<Imported>(rows.length);
  for (const part of parts(rows)) await importPart(api, part, list, platform, became);
  return became;
}

interface Numbered {
  row: ImportRow;
  /** Among all rows. */
  place: number;
}

function* parts(rows: readonly ImportRow[]): Iterable<Numbered[]> {
  let part: Numbered[] = [];
  let bytes = 0;
  for (const [place, row] of rows.entries()) {
    const size = Buffer.byteLength(JSON.stringify(recordOf(row))) + 1;
    if (part.length > 0 && (part.length === mostRows || bytes + size > mostBytes)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push({ row, place });
    bytes += size;
  }
  if (part.length > 0) yield part;
}

function recordOf({ id, email, set, unset }: ImportRow): object {
  return {
    type: 'profile',
    ...(id === undefined ? {} : { id }),
    attributes: {
      ...(email === undefined ? {} : { email }),
      ...(Object.keys(set).length === 0 ? {} : { properties: set }),
    },
    ...(unset.length === 0 ? {} : { meta: { patch_properties: { unset } } }),
  };
}

async function importPart(
  api: KlaviyoApi,
  part: readonly Numbered[],
  list: string | null,
  platform: Platform,
  became: Imported[],
): Promise<void> {
  let left = part;
  const all = (outcome: Imported) => {
    for (const { place } of left) became[place] ??= outcome;
  };
  for (let round = 0; left.length > 0; round++) {
    try {
      const job = await started(api, left, list);
      const status = await finished(api, job, platform);
      if (status === null) return all({ kind: 'again', reason: 'Klaviyo has not finished the import yet' });
      if (status.status === 'cancelled')
        return all({ kind: 'again', reason: 'the import was cancelled at Klaviyo' });
      const unnamed = (status.failed_count ?? 0) > 0 ? await takeErrors(api, job, left, became) : 0;
      return all(
        unnamed === 0
          ? { kind: 'done' }
          : { kind: 'again', reason: 'Klaviyo refused rows of the import without saying which' },
      );
    } catch (error) {
      // Klaviyo may look at rows before it takes a job: those that it names are out, the others are sent anew.
      const named = error instanceof VendorRefusal && error.status === 400 ? errorsOf(error.json) : [];
      const count = left.length;
      for (const one of named) {
        const at = left[pointedAt(one)];
        if (at) became[at.place] = { kind: 'refused', reason: reasonOf(one) };
      }
      left = left.filter(({ place }) => became[place] === undefined);
      if (left.length === count) throw error;
      if (round === mostRounds)
        return all({ kind: 'again', reason: 'Klaviyo refused other rows of the same import' });
    }
  }
}

async function started(
  api: KlaviyoApi,
  rows: readonly Numbered[],
  list: string | null,
): Promise<Resource<Job>> {
  return api.one<Job>({
    kind: 'start imports',
    method: 'POST',
    path: '/profile-bulk-import-jobs',
    idempotent: true,
    json: {
      data: {
        type: 'profile-bulk-import-job',
        attributes: { profiles: { data: rows.map(({ row }) => recordOf(row)) } },
        ...(list === null ? {} : { relationships: { lists: { data: [{ type: 'list', id: list }] } } }),
      },
    },
  });
}

const isOver = ({ status }: Job) => status === 'complete' || status === 'cancelled';

/** null where it takes longer than is waited for. */
async function finished(api: KlaviyoApi, job: Resource<Job>, platform: Platform): Promise<Job | null> {
  const { now, sleep, signal } = platform;
  const until = now().getTime() + patience;
  let seen = job.attributes;
  for (let wait = 500; !isOver(seen); wait = Math.min(10_000, wait * 2)) {
    if (now().getTime() > until) return null;
    await sleep(wait, signal);
    const { attributes } = await api.one<Job>({
      kind: 'look at imports',
      path: `/profile-bulk-import-jobs/${job.id}`,
    });
    seen = attributes;
  }
  return seen;
}

/** Notes which rows were refused; returns how many errors name none. */
async function takeErrors(
  api: KlaviyoApi,
  { id }: Resource<Job>,
  rows: readonly Numbered[],
  became: Imported[],
): Promise<number> {
  const byKey = new Map(rows.map(({ row, place }) => [row.id ?? row.email?.toLowerCase(), place]));
  let unnamed = 0;
  for await (const page of api.pages<ImportError>({
    kind: 'import errors',
    path: `/profile-bulk-import-jobs/${id}/import-errors`,
    query: { 'page[size]': 100 },
  }))
    for (const { attributes } of page) {
      const place = byKey.get(keyIn(attributes.original_payload)) ?? rows[pointedAt(attributes)]?.place;
      if (place === undefined) unnamed++;
      else became[place] = { kind: 'refused', reason: reasonOf(attributes) };
    }
  return unnamed;
}

/** By what a row that comes back is known, whether it comes as it was sent or as its attributes alone. */
function keyIn(payload: ImportError['original_payload']): string | undefined {
  if (!payload) return undefined;
  const { attributes } = payload;
  const inner = typeof attributes === 'object' && attributes !== null ? attributes : payload;
  const email = 'email' in inner ? inner.email : undefined;
  if (typeof payload.id === 'string') return payload.id;
  return typeof email === 'string' ? email.toLowerCase() : undefined;
}

/** The row of a pointer such as /data/attributes/profiles/data/3/attributes/email; -1 where it points at none. */
function pointedAt({ source }: ImportError): number {
  const found = /\/profiles\/data\/(\d+)(\/|$)/.exec(source?.pointer ?? '');
  return found ? Number(found[1]) : -1;
}

/** In words of ours: those of Klaviyo quote the address. */
function reasonOf({ code = '', source }: ImportError): string {
  if (/email/.test(`${code} ${source?.pointer ?? ''}`)) return 'Klaviyo does not take the e-mail address';
  return `Klaviyo refused the profile${/^[a-z_.-]{1,60}$/.test(code) ? ` (${code})` : ''}`;
}

function errorsOf(body: unknown): readonly ImportError[] {
  const errors = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
  return Array.isArray(errors) ? errors : [];
}

/**
 * Waits for imports into a list that are under way, such as one that a kill left behind: it would put people back who are
 * removed meanwhile.
 *
 * @throws UpstreamError where they take too long
 */
export async function importsInto(api: KlaviyoApi, list: string, platform: Platform): Promise<void> {
  for await (const page of api.pages<Job>({
    kind: 'list imports',
    path: '/profile-bulk-import-jobs',
    query: { filter: 'any(status,["queued","processing"])', 'page[size]': 100 },
  }))
    for (const job of page) {
      const lists = job.relationships?.lists?.data;
      const others = Array.isArray(lists) && !lists.some(({ id }) => id === list);
      if (others || (await finished(api, job, platform)) !== null) continue;
      throw new UpstreamError(
        'klaviyo has not finished an import into the list from before.',
        'Nobody was removed yet; it is tried again by itself.',
      );
    }
}
