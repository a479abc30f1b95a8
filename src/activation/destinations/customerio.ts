import { customerioApi } from '../../vendors/customerio.ts';
import type { VendorHttp } from '../../vendors/http.ts';
import { ifFound } from '../../vendors/if-found.ts';
import type { Destination, Outcome, Target } from '../destination.ts';
import { segmentPropertyOf } from '../plan/reach.ts';
import { split } from './split.ts';

/** Of one request of many people. */
const mostBytes = 450_000;
/** Attributes by which Customer.io knows people, and whether they are subscribed. */
const reserved = /^(id|email|unsubscribed|cio_.*|_.*)$/;

/**
 * Manual segments of Customer.io. People are known there by their e-mail address; who is not known yet is made known,
 * with the properties as attributes. Whether they are subscribed is left as it is.
 */
export const customerio: Destination = {
  vendor: 'customerio',
  title: 'Customer.io',
  channel: 'email',
  batch: 1000,

  async ensure(connection, target, platform) {
    const { app } = customerioApi(connection, platform);
    const found = await segmentOf(app, target);
    if (found) return { ...target, id: found };
    const made = (
      await app.send({
        method: 'POST',
        path: '/segments',
        json: { segment: { name: target.name, description: 'Kept by Kindred' } },
      })
    ).json() as { segment: Segment };
    return { ...target, id: String(made.segment.id) };
  },

  keyOf: (_connection, { email }) => (email ? { key: email } : { cannot: 'no e-mail address' }),

  async *members(connection, target, platform) {
    const { app } = customerioApi(connection, platform);
    const id = await segmentOf(app, target);
    if (!id) return;
    for (let start: string | undefined; ; ) {
      const page = (
        await app.send({ path: `/segments/${id}/membership`, query: { limit: 1000, start } })
      ).json() as { identifiers?: readonly { email?: string | null }[]; next?: string | null };
      yield (page.identifiers ?? []).flatMap(({ email }) => (email ? [email.toLowerCase()] : []));
      if (!page.next) return;
      start = page.next;
    }
  },

  async add(connection, target, members, _id, platform) {
    const { able, refused } = split(members, member => customerio.keyOf(connection, member));
    const { track } = customerioApi(connection, platform);
    const unable = new Map<string, string>();
    for (const part of parts(able.map(({ member, key }) => identify(key, member.properties)))) {
      const answer = await track.send({
        method: 'POST',
        path: '/v2/batch',
        json: { batch: part },
        idempotent: true,
      });
      const { errors = [] } = (answer.json() ?? {}) as { errors?: readonly BatchError[] };
      for (const { batch_index, reason } of errors) {
        const email = part[batch_index]?.identifiers.email;
        if (email) unable.set(email, `Customer.io: ${reason ?? 'refused'}`);
      }
    }
    const known = able.filter(({ key }) => !unable.has(key));
    await change(
      track,
      'add_customers',
      target.id,
      known.map(({ key }) => key),
    );
    return [
      ...refused,
      ...able.map(({ member: { profileId }, key }): Outcome => {
        const reason = unable.get(key);
        return reason ? { profileId, kind: 'refused', reason } : { profileId, kind: 'done', key };
      }),
    ];
  },

  async remove(connection, target, members, _id, platform) {
    const { track } = customerioApi(connection, platform);
    await change(
      track,
      'remove_customers',
      target.id,
      members.map(({ key }) => key),
    );
    const losing = members.filter(({ keepsProperty }) => !keepsProperty).map(({ key }) => key);
    await forgetProperties(track, losing, [target]);
    return members.map(({ profileId, key }) => ({ profileId, kind: 'done', key }));
  },

  async erase(connection, { email, keys, targets }, wholly, platform) {
    const { track } = customerioApi(connection, platform);
    const emails = [...new Set([...keys, ...(email ? [email] : [])])];
    for (const { id } of targets) if (id) await change(track, 'remove_customers', id, emails);
    if (!wholly) {
      await forgetProperties(track, emails, targets);
      return 'Removed from the segments at Customer.io, with the name of their segment; what else it holds of them stays.';
    }
    for (const one of emails)
      await ifFound(() => track.send({ method: 'DELETE', path: `/v1/customers/${encodeURIComponent(one)}` }));
    return 'Customer.io was told to delete them with all that it holds of them.';
  },
};

interface Segment {
  id: number;
  name: string;
  type: string;
}

interface BatchError {
  batch_index: number;
  reason?: string;
}

async function segmentOf(app: VendorHttp, target: { name: string; id: string | null }) {
  const { segments } = (await app.send({ path: '/segments' })).json() as { segments: readonly Segment[] };
  // A segment that computes its members by itself takes nobody.
  const manual = segments.filter(({ type }) => type === 'manual');
  const found =
    manual.find(({ id }) => String(id) === target.id) ?? manual.find(({ name }) => name === target.name);
  return found && String(found.id);
}

function identify(email: string, properties: Readonly<Record<string, string | number | null>>) {
  const attributes = Object.fromEntries(Object.entries(properties).filter(([name]) => !reserved.test(name)));
  return { type: 'person', action: 'identify', identifiers: { email }, attributes };
}

/** Empties what Kindred wrote; nobody is made anew by it who is not known any more. */
async function forgetProperties(
  track: VendorHttp,
  emails: readonly string[],
  targets: readonly Target[],
): Promise<void> {
  const names = targets.flatMap(target => segmentPropertyOf(customerio, target) ?? []);
  const written = [...new Set(names)].filter(name => !reserved.test(name));
  if (written.length === 0) return;
  const attributes = Object.fromEntries(written.map(name => [name, '']));
  for (const email of emails)
    await track.send({
      method: 'PUT',
      path: `/v1/customers/${encodeURIComponent(email)}`,
      json: { ...attributes, _update: true },
    });
}

/** In order, each within the size of one request. */
function parts<T>(all: readonly T[]): T[][] {
  const found: T[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const one of all) {
    const bytes = Buffer.byteLength(JSON.stringify(one)) + 1;
    if (size + bytes > mostBytes) {
      found.push([]);
      size = 0;
    }
    found.at(-1)!.push(one);
    size += bytes;
  }
  return found;
}

async function change(
  track: VendorHttp,
  what: 'add_customers' | 'remove_customers',
  segment: string | null,
  ids: readonly string[],
): Promise<void> {
  for (let i = 0; i < ids.length; i += 1000) {
    const request = {
      method: 'POST',
      path: `/v1/segments/${segment}/${what}`,
      query: { id_type: 'email' },
      json: { ids: ids.slice(i, i + 1000) },
      idempotent: true,
    } as const;
    // Nobody is in a segment that somebody deleted.
    if (what === 'remove_customers') await ifFound(() => track.send(request));
    else await track.send(request);
  }
}
