import type { App } from '../app.ts';
import { permissionSql } from '../segmentation/consent/permission.ts';
import { scores } from '../segmentation/predictions/scores.ts';
import { formatValue } from '../segmentation/wording.ts';
import { identifier, type Warehouse } from '../warehouse/port.ts';
import { canonicalTables } from '../warehouse/schema.ts';
import { findPerson, type PersonAsked } from './person.ts';

type Row = Record<string, unknown>;

/** What is held on one person, for that person. */
export interface SubjectReport {
  /** ISO time. */
  at: string;
  /** As they told it, by table, with all that is stored of each row. */
  given: Record<string, Row[]>;
  /** Ids that were joined to one person, and why. */
  identities: Row[];
  /** What Kindred worked out from it, and nobody told. */
  derived: {
    segment: { name: string; sentence: string; reason: string; confidence: number; since: string } | null;
    predictions: { what: string; value: string }[];
    history: Row[];
    audiencesLive: Row[];
    features: Row;
  };
  /** Where it was handed to. */
  told: { destination: string; under: string; added: string; since: string | null }[];
  experiments: { sync: string; arm: string; since: string }[];
  permissions: { channel: string; allowed: boolean; reason: string }[];
}

/** @throws InputError where several people are named */
export async function subjectReport(
  app: Pick<App, 'warehouse' | 'state' | 'now'>,
  asked: PersonAsked,
): Promise<SubjectReport | null> {
  const [warehouse, state] = [await app.warehouse(), await app.state()];
  const { profileId, ids } = await findPerson(warehouse, asked);
  if (profileId === null) return null;
  const rows = (table: string, order: string) =>
    warehouse.query<Row>(`SELECT * FROM ${identifier(table)} WHERE profile_id = $1 ORDER BY ${order}`, [
      profileId,
    ]);
  const given: Record<string, Row[]> = {};
  for (const [table, { id }] of Object.entries(canonicalTables)) {
    const found = await rows(table, `source, ${id}`);
    if (found.length > 0) given[table] = found;
  }
  const profileIds = [...new Set([profileId, ...ids.map(({ source, id }) => `${source}/${id}`)])];
  const there = await state.syncMembers.ofPeople(profileIds);
  const syncs = await state.syncs.list();
  const assigned = await Promise.all(
    syncs.map(async sync => ({ sync, arms: await state.syncMembers.assigned(sync.id, profileIds) })),
  );
  return {
    at: app.now().toISOString(),
    given,
    identities: await rows('identities', 'source, source_id'),
    derived: {
      segment: await segmentOf(app, profileId),
      predictions: await predictionsOf(warehouse, state.owner, profileId),
      history: await rows('memberships', 'valid_from, owner'),
      audiencesLive: await rows('trigger_members', 'entered_at, trigger_id'),
      features: await featuresOf(warehouse, profileId),
    },
    told: there.map(({ connection, target, added, sentAt }) => ({
      destination: connection,
      under: target.name,
      added,
      since: sentAt,
    })),
    experiments: assigned.flatMap(({ sync, arms }) =>
      arms.map(({ arm, assignedAt }) => ({ sync: sync.audience, arm, since: assignedAt })),
    ),
    permissions: await permissionsOf(warehouse, profileId),
  };
}

async function segmentOf(
  app: Pick<App, 'warehouse' | 'state'>,
  profileId: string,
): Promise<SubjectReport['derived']['segment']> {
  const [warehouse, state] = [await app.warehouse(), await app.state()];
  const model = await state.models.current();
  const [member] = await warehouse.query<{ key: string; since: string; confidence: number }>(
    `SELECT segment_key AS "key", CAST(valid_from AS TEXT) AS "since", confidence AS "confidence" FROM memberships
     WHERE owner = $1 AND profile_id = $2 AND valid_to IS NULL ORDER BY valid_from DESC LIMIT 1`,
    [state.owner, profileId],
  );
  if (!model || !member) return null;
  const segment = model.segments.find(({ key }) => key === member.key);
  const { confidence, since } = member;
  if (!segment)
    return {
      name: 'Set aside',
      sentence: 'Unusually many orders or visits, as of a business or a program: no segment is given.',
      reason: 'Their amounts lie far above those of nearly everybody.',
      confidence,
      since,
    };
  return {
    name: segment.persona.name,
    sentence: segment.persona.sentence,
    reason: `What they do is nearest to what the customers of this segment do. In words, most of them: ${segment.rule.text}.`,
    confidence,
    since,
  };
}

async function predictionsOf(
  warehouse: Warehouse,
  owner: string,
  profileId: string,
): Promise<{ what: string; value: string }[]> {
  const [row] = await warehouse.query<Row>(
    'SELECT * FROM scores WHERE owner = $1 AND profile_id = $2 ORDER BY as_of DESC LIMIT 1',
    [owner, profileId],
  );
  if (!row) return [];
  return scores.flatMap(score => {
    const value = row[score.id];
    if (value === null || value === undefined || Number.isNaN(value)) return [];
    return [
      {
        what: score.label,
        value:
          typeof value === 'number'
            ? formatValue(value, score.unit === 'text' ? 'count' : score.unit, null)
            : String(value),
      },
    ];
  });
}

async function featuresOf(warehouse: Warehouse, profileId: string): Promise<Row> {
  const [there] = await warehouse.query('SELECT 1 AS "found" FROM feature_tables WHERE name = \'features\'');
  if (!there) return {};
  const [row] = await warehouse.query<Row>('SELECT * FROM features WHERE profile_id = $1', [profileId]);
  const { place: _, ...features } = row ?? {};
  return features;
}

async function permissionsOf(warehouse: Warehouse, profileId: string): Promise<SubjectReport['permissions']> {
  const permissions: SubjectReport['permissions'] = [];
  for (const channel of ['email', 'advertising', 'personalisation'] as const) {
    const [row] = await warehouse.query<{ reason: string | null }>(
      `SELECT reason AS "reason" FROM (${permissionSql({ channel, basis: 'consent' })}) AS permission WHERE profile_id = $1`,
      [profileId],
    );
    const reason = row?.reason ?? null;
    permissions.push({ channel, allowed: reason === null, reason: reason ?? 'as they agreed' });
  }
  return permissions;
}
