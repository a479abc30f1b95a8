import { type KlaviyoApi, quoted } from '../../vendors/klaviyo-api.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';

/** Addresses of one question: as many as there are profiles on a page, and no longer than an address of the web may be. */
const mostAsked = 100;
const longestFilter = 3000;
/** Of one call. */
const mostRemoved = 1000;

/** Ids of Klaviyo's profiles by their e-mail in lower case; who has none is absent. */
export async function idsByEmail(api: KlaviyoApi, emails: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const asked of questions(emails))
    for await (const page of api.pages<{ email?: string | null }>({
      kind: 'profiles',
      path: '/profiles',
      query: {
        filter: `any(email,[${asked.map(quoted).join(',')}])`,
        'fields[profile]': 'email',
        'page[size]': mostAsked,
      },
    }))
      for (const { id, attributes } of page)
        if (attributes.email) ids.set(attributes.email.toLowerCase(), id);
  return ids;
}

function* questions(emails: readonly string[]): Iterable<string[]> {
  let asked: string[] = [];
  let length = 0;
  for (const email of emails) {
    const more = encodeURIComponent(quoted(email)).length + 3;
    if (asked.length > 0 && (asked.length === mostAsked || length + more > longestFilter)) {
      yield asked;
      asked = [];
      length = 0;
    }
    asked.push(email);
    length += more;
  }
  if (asked.length > 0) yield asked;
}

/** Takes profiles out of a list. Their consents stay as they are. */
export async function removeFromList(api: KlaviyoApi, list: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += mostRemoved) {
    const data = ids.slice(from, from + mostRemoved).map(id => ({ type: 'profile', id }));
    try {
      await api.send({
        kind: 'remove members',
        method: 'DELETE',
        path: `/lists/${encodeURIComponent(list)}/relationships/profiles`,
        json: { data },
      });
    } catch (error) {
      // A list that is no more has no members.
      if (!(error instanceof VendorRefusal && error.status === 404)) throw error;
      return;
    }
  }
}
