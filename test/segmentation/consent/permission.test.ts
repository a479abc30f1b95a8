import { afterEach, describe, expect, test } from 'vitest';
import { type PermissionRequest, permissionSql } from '../../../src/segmentation/consent/permission.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { openPostgres } from '../../../src/warehouse/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';

let warehouse: Warehouse;
afterEach(() => warehouse.close());

type Statement = [channel: string | null, purpose: string | null, state: string, day: number | null];

interface Person {
  says?: Statement[];
  accepts?: (boolean | null)[];
  events?: [type: string, day: number][];
}

const people: Record<string, Person> = {
  silent: {},
  granted: { says: [['email', 'marketing', 'granted', 1]] },
  subscribed: { says: [['E-mail', 'Newsletter', 'Subscribed', 1]] },
  'takes it back': {
    says: [
      ['email', 'marketing', 'granted', 1],
      ['email', 'marketing', 'withdrawn', 2],
    ],
  },
  'comes back': {
    says: [
      ['email', 'marketing', 'denied', 1],
      ['email', 'marketing', 'granted', 2],
    ],
  },
  'both at once': {
    says: [
      ['email', 'marketing', 'granted', 1],
      ['email', 'marketing', 'denied', 1],
    ],
  },
  'without a date': { says: [['email', 'marketing', 'granted', null]] },
  'pending after a yes': {
    says: [
      ['email', 'marketing', 'granted', 1],
      ['email', 'marketing', 'pending', 2],
    ],
  },
  'pending after a no': {
    says: [
      ['email', 'marketing', 'denied', 1],
      ['email', 'marketing', 'pending', 2],
    ],
  },
  'by text message': {
    says: [
      ['sms', 'marketing', 'granted', 1],
      ['sms', 'marketing', 'denied', 2],
    ],
  },
  accepts: { accepts: [true, null] },
  'one account refuses': { accepts: [true, false] },
  'refuses, yet granted': { accepts: [false], says: [['email', 'marketing', 'granted', 1]] },
  unsubscribed: { says: [['email', 'marketing', 'granted', 1]], events: [['Unsubscribed', 2]] },
  resubscribed: { says: [['email', 'marketing', 'granted', 3]], events: [['Unsubscribed', 2]] },
  advertising: { says: [['any', 'advertising', 'granted', 1]] },
  'no advertising': { accepts: [true], says: [['advertising', 'marketing', 'denied', 1]] },
  personal: { says: [['onsite', 'personalisation', 'granted', 1]] },
  'not personal': { accepts: [true], says: [['any', 'personalisation', 'denied', 1]] },
  'no profiling': {
    accepts: [true],
    says: [
      ['email', 'marketing', 'granted', 3],
      ['any', 'profiling', 'objected', 1],
    ],
  },
  'profiling again': {
    accepts: [true],
    says: [
      ['any', 'profiling', 'objected', 1],
      ['any', 'profiling', 'no objection', 2],
    ],
  },
  'no marketing': {
    accepts: [true],
    says: [
      ['email', 'marketing', 'granted', 3],
      ['any', 'direct marketing', 'objected', 1],
    ],
  },
  'marketing again': {
    says: [
      ['any', 'direct marketing', 'objected', 1],
      ['any', 'direct marketing', 'no objection', 2],
    ],
  },
  'no to all': { accepts: [true], says: [[null, 'marketing', 'opted_out', 1]] },
};

const mail = 'said no to marketing by e-mail';
const none = (of: string) => `no consent for ${of}`;
const [profiling, marketing] = ['objected to profiling', 'objected to direct marketing'];

/** By consent for e-mail, by legitimate interest, for advertising on either basis, for personalisation by consent and by interest. */
const expected: Record<string, (string | null)[]> = {
  silent: [none('e-mail'), null, none('advertising'), none('personalisation'), null],
  granted: [null, null, null, null, null],
  subscribed: [null, null, null, null, null],
  'takes it back': [mail, mail, none('advertising'), none('personalisation'), null],
  'comes back': [null, null, null, null, null],
  'both at once': [mail, mail, none('advertising'), none('personalisation'), null],
  'without a date': [null, null, null, null, null],
  'pending after a yes': [none('e-mail'), null, none('advertising'), none('personalisation'), null],
  'pending after a no': [mail, mail, none('advertising'), none('personalisation'), null],
  'by text message': [none('e-mail'), null, none('advertising'), none('personalisation'), null],
  accepts: [null, null, null, null, null],
  'one account refuses': [mail, mail, none('advertising'), none('personalisation'), null],
  'refuses, yet granted': [mail, mail, none('advertising'), none('personalisation'), null],
  unsubscribed: [mail, mail, none('advertising'), none('personalisation'), null],
  resubscribed: [null, null, null, null, null],
  advertising: [none('e-mail'), null, null, none('personalisation'), null],
  'no advertising': [null, null, 'said no to advertising', null, null],
  personal: [none('e-mail'), null, none('advertising'), null, null],
  'not personal': [null, null, null, 'said no to personalisation', 'said no to personalisation'],
  'no profiling': Array(5).fill(profiling),
  'profiling again': [null, null, null, null, null],
  'no marketing': Array(5).fill(marketing),
  'marketing again': [none('e-mail'), null, none('advertising'), none('personalisation'), null],
  'no to all': Array(5).fill(marketing),
};

async function fill(): Promise<void> {
  const names = Object.keys(people);
  await warehouse.append('identities', {
    source: names.map(() => 'shop'),
    source_id: names,
    profile_id: names,
  });
  const at = (day: number | null) => (day === null ? null : `2026-11-0${day} 10:00:00`);
  const consents = names.flatMap(id => (people[id]!.says ?? []).map(said => ({ id, said })));
  await warehouse.append('consents', {
    profile_id: consents.map(({ id }) => id),
    channel: consents.map(({ said }) => said[0]),
    purpose: consents.map(({ said }) => said[1]),
    state: consents.map(({ said }) => said[2]),
    stated_at: consents.map(({ said }) => at(said[3])),
  });
  const events = names.flatMap(id => (people[id]!.events ?? []).map(([type, day]) => ({ id, type, day })));
  await warehouse.append('events', {
    profile_id: events.map(({ id }) => id),
    type: events.map(({ type }) => type),
    occurred_at: events.map(({ day }) => at(day)),
  });
  for (const id of names)
    for (const accepts of people[id]!.accepts ?? [])
      await warehouse.execute('INSERT INTO customers (profile_id, accepts_marketing) VALUES ($1, $2)', [
        id,
        accepts,
      ]);
}

async function reasons(request: PermissionRequest): Promise<Record<string, string | null>> {
  const rows = await warehouse.query<{ id: string; reason: string | null }>(
    `SELECT profile_id AS "id", reason AS "reason" FROM (${permissionSql(request)}) AS p`,
  );
  expect(rows).toHaveLength(Object.keys(people).length);
  return Object.fromEntries(rows.map(({ id, reason }) => [id, reason]));
}

describe.each(['DuckDB', 'Postgres'] as const)('in %s', store => {
  test('who may be handed out for what follows from the latest that they said', async () => {
    warehouse =
      store === 'DuckDB'
        ? await openDuckDb({ file: ':memory:', threads: 1 })
        : await openPostgres({ url: await freshDatabase() });
    await fill();
    const found = [
      await reasons({ channel: 'email', basis: 'consent' }),
      await reasons({ channel: 'email', basis: 'legitimate-interest' }),
      await reasons({ channel: 'advertising', basis: 'legitimate-interest' }),
      await reasons({ channel: 'personalisation', basis: 'consent' }),
      await reasons({ channel: 'personalisation', basis: 'legitimate-interest' }),
    ];
    const byPerson = Object.fromEntries(
      Object.keys(people).map(id => [id, found.map(reasonOf => reasonOf[id])]),
    );
    expect(byPerson).toEqual(expected);
    expect(await reasons({ channel: 'advertising', basis: 'consent' })).toEqual(found[2]);
  });
});
