import { InputError } from '../errors.ts';
import { literal, type Warehouse } from '../warehouse/port.ts';

/** By what a person is asked for: one or several of these. */
export interface PersonAsked {
  email?: string | undefined;
  phone?: string | undefined;
  /** source/id */
  ids?: readonly string[] | undefined;
}

/** All by which the warehouse knows one person. */
export interface Person {
  /** null where nothing is held. */
  profileId: string | null;
  ids: { source: string; id: string }[];
  /** Addresses and numbers that nobody else has; a number without a country is of one source only. */
  emails: string[];
  phones: { source: string; phone: string }[];
  /** Ids by which other sources know them. */
  external: string[];
  orders: { source: string; id: string }[];
}

/**
 * Who is meant: everything that was joined to one profile.
 *
 * @throws InputError where it names several people, as an address that a family or an office shares
 */
export async function findPerson(warehouse: Pick<Warehouse, 'query'>, asked: PersonAsked): Promise<Person> {
  const email = asked.email?.trim().toLowerCase();
  const phone = asked.phone && digitsOf(asked.phone);
  const ids = (asked.ids ?? []).map(readId);
  const conditions = [
    ...(email ? [`SELECT profile_id FROM customers WHERE lower(trim(email)) = ${literal(email)}`] : []),
    ...(email ? [`SELECT profile_id FROM identities WHERE lower(source_id) = ${literal(email)}`] : []),
    ...(phone ? [`SELECT profile_id FROM customers WHERE phone = ${literal(phone)}`] : []),
    ...ids.map(
      ({ source, id }) =>
        `SELECT profile_id FROM identities WHERE source = ${literal(source)} AND source_id = ${literal(id)}`,
    ),
  ];
  if (conditions.length === 0)
    throw new InputError('Nobody was named.', 'Say who with --email, --phone or --id SOURCE/ID.');
  const profiles = await warehouse.query<{ id: string }>(
    `SELECT DISTINCT profile_id AS "id" FROM (${conditions.join(' UNION ALL ')}) AS named
     WHERE profile_id IS NOT NULL ORDER BY 1`,
  );
  if (profiles.length > 1)
    throw new InputError(
      `This names ${profiles.length} customers, who are not known to be one person.`,
      'Say which with --id SOURCE/ID: `kindred rejects` and your shop tell ids; repeat the command for each of them.',
    );
  const asGiven: Person = {
    profileId: null,
    ids,
    emails: email ? [email] : [],
    phones: phone ? [{ source: '', phone }] : [],
    external: [],
    orders: [],
  };
  return profiles[0] ? withAll(warehouse, asGiven, profiles[0].id) : asGiven;
}

/** What the warehouse holds beside what was given. */
async function withAll(
  { query }: Pick<Warehouse, 'query'>,
  given: Person,
  profileId: string,
): Promise<Person> {
  const theirs = `profile_id = ${literal(profileId)}`;
  const ids = await query<{ source: string; id: string }>(
    `SELECT source AS "source", source_id AS "id" FROM identities WHERE ${theirs} ORDER BY 1, 2`,
  );
  const alone = (column: string, shared: string) =>
    query<{ source: string; value: string }>(
      `SELECT DISTINCT ${shared === 'own' ? 'source' : "''"} AS "source", ${column} AS "value" FROM customers AS c
       WHERE ${theirs} AND ${column} IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM customers AS other WHERE other.profile_id <> ${literal(profileId)}
           AND other.${column} = c.${column}) ORDER BY 1, 2`,
    );
  const emails = await alone('email', '');
  const phones = await alone('phone', 'own');
  const external = await query<{ value: string }>(
    `SELECT DISTINCT external_id AS "value" FROM customers WHERE ${theirs} AND external_id IS NOT NULL ORDER BY 1`,
  );
  const orders = await query<{ source: string; id: string }>(
    `SELECT DISTINCT source AS "source", order_id AS "id" FROM orders WHERE ${theirs} ORDER BY 1, 2`,
  );
  const mails = emails.map(({ value }) => value.trim().toLowerCase());
  return {
    profileId,
    ids,
    emails: [...new Set([...given.emails, ...mails])],
    phones: [...given.phones, ...phones.map(({ source, value }) => ({ source, phone: value }))],
    external: external.map(({ value }) => value),
    orders,
  };
}

export function digitsOf(phone: string): string {
  return phone.replaceAll(/[^0-9+]/g, '').replace(/^00/, '+');
}

function readId(text: string): { source: string; id: string } {
  const slash = text.indexOf('/');
  if (slash < 1 || slash === text.length - 1)
    throw new InputError(`"${text}" is no id of a customer.`, 'Write the source and the id, as shop/1007.');
  return { source: text.slice(0, slash), id: text.slice(slash + 1) };
}
