import { mailchimpApi, mostOfPage } from '../../../vendors/mailchimp-api.ts';
import type { Cursor, Stream } from '../../pull/source.ts';
import { type AudienceMember, memberFields, memberRows, mergeTagsOf } from './members.ts';

/** Where pages within one second follow each other, some of the page before come again: who changes meanwhile moves to the end. */
const overlap = 100;

/**
 * Members in the order of their last change. Each page begins a second before the last member of the one before, as it
 * is told to the second; only where more than a page changed in that time is counted on within it.
 */
export const memberStream: Stream = {
  name: 'members',
  title: 'members of the audience',
  async *pull(connection, cursor, platform) {
    const api = mailchimpApi(connection, platform);
    const tags = await mergeTagsOf(api);
    let since = typeof cursor?.since === 'string' ? cursor.since : null;
    let offset = typeof cursor?.offset === 'number' ? cursor.offset : 0;
    let before = new Map<string, string>();
    let expected: number | undefined;
    for (;;) {
      const { members, total_items } = await api.json<{
        members: readonly AudienceMember[];
        total_items: number;
      }>({
        path: `${api.audience}/members`,
        query: {
          count: mostOfPage,
          offset,
          sort_field: 'last_changed',
          sort_dir: 'ASC',
          since_last_changed: since === null ? undefined : new Date(Date.parse(since) - 1000).toISOString(),
          fields: [...memberFields.map(field => `members.${field}`), 'total_items'].join(','),
        },
      });
      expected ??= total_items;
      const fresh = members.filter(({ id, last_changed }) => before.get(id) !== last_changed);
      before = new Map(members.map(({ id, last_changed }) => [id, last_changed]));
      const last = members.at(-1)?.last_changed;
      const isLast = members.length < mostOfPage;
      if (last !== undefined && (since === null || Date.parse(last) > Date.parse(since))) {
        since = last;
        offset = 0;
      } else offset = isLast ? 0 : offset + mostOfPage - overlap;
      const next: Cursor = { since, offset };
      yield { rows: memberRows(fresh, tags), received: fresh.length, leftOut: [], cursor: next, expected };
      if (isLast) return;
    }
  },
};
