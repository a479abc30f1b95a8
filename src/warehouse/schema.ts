/**
 * The canonical tables. One text serves DuckDB and Postgres. `source` is the namespace of the ids beside it;
 * `profile_id` is the reconciled customer and the distribution column where the store is sharded.
 * There are no primary keys: an index over millions of text ids costs more than it gives, and the importer,
 * the only writer, keeps (source, id) unique.
 */
export interface TableDefinition {
  /** The column that, with `source`, makes a row unique. */
  id: string;
  columns: Readonly<Record<string, ColumnType>>;
}

export type ColumnType = 'TEXT' | 'TIMESTAMP' | 'NUMERIC(18,4)' | 'BIGINT' | 'BOOLEAN' | 'DOUBLE PRECISION';

const money = 'NUMERIC(18,4)';

/** In the order in which they are imported: a line needs its order. */
export const canonicalTables = {
  customers: {
    id: 'customer_id',
    columns: {
      source: 'TEXT',
      customer_id: 'TEXT',
      profile_id: 'TEXT',
      email: 'TEXT',
      phone: 'TEXT',
      external_id: 'TEXT',
      created_at: 'TIMESTAMP',
      country: 'TEXT',
      acquisition_channel: 'TEXT',
      accepts_marketing: 'BOOLEAN',
      account_size: money,
    },
  },
  orders: {
    id: 'order_id',
    columns: {
      source: 'TEXT',
      order_id: 'TEXT',
      customer_id: 'TEXT',
      profile_id: 'TEXT',
      ordered_at: 'TIMESTAMP',
      total: money,
      currency: 'TEXT',
      channel: 'TEXT',
      discount: money,
      refunded: money,
      refunded_at: 'TIMESTAMP',
      coupon_code: 'TEXT',
      status: 'TEXT',
      stay_from: 'TIMESTAMP',
      stay_to: 'TIMESTAMP',
      party_size: money,
      plan_tier: money,
      renews_at: 'TIMESTAMP',
    },
  },
  order_lines: {
    id: 'line_id',
    columns: {
      source: 'TEXT',
      line_id: 'TEXT',
      order_id: 'TEXT',
      profile_id: 'TEXT',
      ordered_at: 'TIMESTAMP',
      sku: 'TEXT',
      product: 'TEXT',
      category: 'TEXT',
      quantity: money,
      unit_price: money,
      returned_quantity: money,
      returned_at: 'TIMESTAMP',
    },
  },
  events: {
    id: 'event_id',
    columns: {
      source: 'TEXT',
      event_id: 'TEXT',
      customer_id: 'TEXT',
      profile_id: 'TEXT',
      occurred_at: 'TIMESTAMP',
      type: 'TEXT',
      session_id: 'TEXT',
      category: 'TEXT',
      sku: 'TEXT',
      origin: 'TEXT',
      campaign_id: 'TEXT',
    },
  },
  tickets: {
    id: 'ticket_id',
    columns: {
      source: 'TEXT',
      ticket_id: 'TEXT',
      customer_id: 'TEXT',
      profile_id: 'TEXT',
      opened_at: 'TIMESTAMP',
      kind: 'TEXT',
      csat: 'DOUBLE PRECISION',
    },
  },
  consents: {
    id: 'consent_id',
    columns: {
      source: 'TEXT',
      consent_id: 'TEXT',
      customer_id: 'TEXT',
      profile_id: 'TEXT',
      channel: 'TEXT',
      purpose: 'TEXT',
      state: 'TEXT',
      stated_at: 'TIMESTAMP',
    },
  },
} as const satisfies Record<string, TableDefinition>;

export type CanonicalTable = keyof typeof canonicalTables;

/** What `imports` calls events that were taken as they happened, rather than from a file. */
export const arrivedFormat = 'arrived events';

/** Tables that Kindred keeps beside the canonical ones. */
const ownTables = {
  /** Who is who: each id of each source, its profile, and why it was joined to it. */
  identities: { source: 'TEXT', source_id: 'TEXT', profile_id: 'TEXT', reason: 'TEXT' },
  /** One row per imported file: rows_in = stored + rejected + already_there. */
  imports: {
    import_id: 'TEXT',
    file: 'TEXT',
    format: 'TEXT',
    imported_at: 'TIMESTAMP',
    rows_in: 'BIGINT',
    stored: 'BIGINT',
    rejected: 'BIGINT',
    already_there: 'BIGINT',
  },
  /** `row_number` counts data rows from 1; `content` is the row as JSON. */
  rejects: {
    import_id: 'TEXT',
    file: 'TEXT',
    row_number: 'BIGINT',
    reason: 'TEXT',
    content: 'TEXT',
  },
  /**
   * Who was in which segment, when: from `valid_from` until before `valid_to`, which is NULL while it lasts. A row is
   * written where somebody enters a segment, with the model and the confidence (0..1) of that day. `owner` is the state
   * whose history it is, since several may share a warehouse; `segment_key` is 'set-aside' for unusual volume.
   */
  memberships: {
    owner: 'TEXT',
    profile_id: 'TEXT',
    segment_key: 'TEXT',
    valid_from: 'TIMESTAMP',
    valid_to: 'TIMESTAMP',
    model_id: 'TEXT',
    confidence: 'DOUBLE PRECISION',
  },
  /**
   * Where everybody stood at the last two refreshes. `candidate_key` is the segment that the scoring alone would give,
   * which differs from `segment_key` while a move waits to be seen twice.
   */
  placements: {
    owner: 'TEXT',
    as_of: 'TIMESTAMP',
    profile_id: 'TEXT',
    segment_key: 'TEXT',
    candidate_key: 'TEXT',
    confidence: 'DOUBLE PRECISION',
  },
  /**
   * What is predicted of everybody who had ordered, as of the last two dates; columns as in
   * segmentation/predictions/scores.ts.
   */
  scores: {
    owner: 'TEXT',
    as_of: 'TIMESTAMP',
    profile_id: 'TEXT',
    expected_orders_30: 'DOUBLE PRECISION',
    expected_orders_90: 'DOUBLE PRECISION',
    expected_orders_365: 'DOUBLE PRECISION',
    order_probability_30: 'DOUBLE PRECISION',
    churn_probability: 'DOUBLE PRECISION',
    alive_probability: 'DOUBLE PRECISION',
    expected_order_value: 'DOUBLE PRECISION',
    lifetime_value: 'DOUBLE PRECISION',
    value_if_back: 'DOUBLE PRECISION',
    value_at_risk: 'DOUBLE PRECISION',
    next_order_in: 'DOUBLE PRECISION',
    next_order_earliest: 'DOUBLE PRECISION',
    next_order_latest: 'DOUBLE PRECISION',
    days_overdue: 'DOUBLE PRECISION',
    promotion_share: 'DOUBLE PRECISION',
    favourite_category: 'TEXT',
    favourite_category_share: 'DOUBLE PRECISION',
    replenish_product: 'TEXT',
    replenish_in: 'DOUBLE PRECISION',
  },
  /** Who met a live trigger, when: from `entered_at` until `left_at`, which is NULL while it lasts. */
  trigger_members: {
    owner: 'TEXT',
    trigger_id: 'TEXT',
    profile_id: 'TEXT',
    entered_at: 'TIMESTAMP',
    left_at: 'TIMESTAMP',
  },
  /**
   * The triggers of each state, so that an import need not open a state that has none to see that there are none; and the
   * rows and the moment as of which their members are told.
   */
  watched: { owner: 'TEXT', trigger_id: 'TEXT', mark: 'TEXT', told_until: 'TIMESTAMP' },
  /**
   * What the computed feature tables hold, one row a table: its date, its features as a JSON list of ids, and the mark
   * of the rows that it was computed from; no mark where these cannot be told.
   */
  feature_tables: { name: 'TEXT', as_of: 'TEXT', features: 'TEXT', mark: 'TEXT' },
  /** What is known of the rows before a date, as JSON, as long as their mark is the same: see features/kept-facts.ts. */
  kept_facts: { name: 'TEXT', as_of: 'TEXT', mark: 'TEXT', body: 'TEXT' },
  /**
   * People who were erased, by keyed hashes of their addresses and ids: nothing of them is stored again. `key_mark` tells
   * which key of the environment it is.
   */
  suppressed: { hash: 'TEXT', key_mark: 'TEXT', since: 'TIMESTAMP' },
  /** Since when each stored row of a vendor is as it is, so that an older message about it comes too late. */
  versions: { source: 'TEXT', table_name: 'TEXT', id: 'TEXT', changed_at: 'TIMESTAMP' },
  /**
   * What a transaction of the warehouse decided and the state has yet to take over, as JSON: written in the same
   * transaction as the memberships that follow from it, deleted once the state holds it.
   */
  outbox: { owner: 'TEXT', body: 'TEXT' },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

/** Columns of every table, in the order in which tables are made. */
export const tables: Readonly<Record<string, Readonly<Record<string, ColumnType>>>> = {
  ...Object.fromEntries(Object.entries(canonicalTables).map(([name, { columns }]) => [name, columns])),
  ...ownTables,
};
