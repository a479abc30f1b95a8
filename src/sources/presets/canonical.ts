import { type CanonicalTable, canonicalTables } from '../../warehouse/schema.ts';
import type { CellKind } from '../cell-expressions.ts';
import type { Check, Field, Preset } from '../preset.ts';

interface Extras {
  someOf?: readonly string[];
  not?: readonly string[];
  checks?: readonly Check[];
}

/** Columns that the importer sets, beside the time of a line, which its order has. */
const own = new Set(['source', 'profile_id', 'order_lines.ordered_at']);

const kinds: Readonly<Record<string, CellKind>> = {
  email: 'email',
  phone: 'phone',
  accepts_marketing: 'flag',
  csat: 'number',
  sku: 'id',
};

const headers: Readonly<Record<string, readonly string[]>> = {
  origin: ['source', 'origin'],
  stated_at: ['at', 'stated_at'],
};

/** Times that lie ahead when a file is written. */
const ahead = new Set(['stay_from', 'stay_to', 'renews_at']);

/** A consent without an id is known by all that it says. */
const computed: Readonly<Record<string, string>> = {
  consent_id: `coalesce(consent_id, md5(concat_ws('|', customer_id, channel, purpose, state, stated_at)))`,
};

/** Kindred's own columns, a file per table. A column may be named freely in case and punctuation. */
export const canonical: readonly Preset[] = [
  table('customers', ['customer_id'], {
    someOf: [
      'email',
      'phone',
      'external_id',
      'created_at',
      'country',
      'acquisition_channel',
      'accepts_marketing',
      'account_size',
    ],
    not: ['order_id', 'line_id', 'event_id', 'ticket_id', 'invoice', 'invoiceno', 'stockcode', 'purpose'],
    checks: [{ when: 'account_size < 0', reason: '{account_size} is negative' }],
  }),
  table('orders', ['order_id', 'customer_id', 'ordered_at', 'total'], {
    checks: [
      { when: 'total < 0', reason: '{total} is negative' },
      { when: 'discount < 0', reason: '{discount} is negative' },
      { when: 'refunded < 0', reason: '{refunded} is negative' },
      { when: 'stay_to < stay_from', reason: '{stay_to} is before {stay_from}' },
      { when: 'party_size < 0', reason: '{party_size} is negative' },
      { when: 'plan_tier < 0', reason: '{plan_tier} is negative' },
    ],
  }),
  table('order_lines', ['line_id', 'order_id', 'sku', 'quantity', 'unit_price'], {
    checks: [
      { when: 'quantity <= 0', reason: '{quantity} is not above zero' },
      { when: 'unit_price < 0', reason: '{unit_price} is negative' },
      { when: 'returned_quantity < 0', reason: '{returned_quantity} is negative' },
      { when: 'returned_quantity > quantity', reason: '{returned_quantity} is more than was bought' },
    ],
  }),
  table('events', ['event_id', 'customer_id', 'occurred_at', 'type']),
  table('tickets', ['ticket_id', 'customer_id', 'opened_at']),
  table('consents', ['customer_id', 'channel', 'purpose', 'state', 'stated_at']),
];

function table(name: CanonicalTable, needed: readonly string[], extras: Extras = {}): Preset {
  const types: Readonly<Record<string, string>> = canonicalTables[name].columns;
  const columns = Object.keys(types).filter(column => !own.has(column) && !own.has(`${name}.${column}`));
  const fields = Object.fromEntries(
    columns.map(column => {
      const field: Field = {
        from: headers[column] ?? [column],
        kind: kindOf(column, types[column]!),
        ...(ahead.has(column) ? { ahead: true } : {}),
      };
      return [column, needed.includes(column) ? { ...field, need: 'cell' as const } : field];
    }),
  );
  return {
    name: 'canonical',
    title: `Kindred's own ${name}`,
    headers: [
      needed.map(column => headers[column]?.[0] ?? column).join(', '),
      ...(extras.someOf ? [`one of ${extras.someOf.join(', ')}`] : []),
    ].join(' and '),
    source: 'shop',
    fields,
    tables: {
      [name]: {
        columns: Object.fromEntries(columns.map(column => [column, computed[column] ?? `"${column}"`])),
      },
    },
    ...extras,
  };
}

function kindOf(column: string, type: string): CellKind {
  if (kinds[column]) return kinds[column];
  if (type === 'TIMESTAMP') return 'time';
  if (type.startsWith('NUMERIC')) return 'money';
  return column.endsWith('_id') ? 'id' : 'text';
}
