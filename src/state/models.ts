import { and, asc, desc, eq, inArray, notExists, type SQL, sql } from 'drizzle-orm';
import type { Model, Persona, Segment } from '../segmentation/model.ts';
import type { KeptWhatIf } from '../segmentation/what-if/kept.ts';
import type { Database } from './database.ts';
import { oneWriter } from './installation.ts';
import { plainJson } from './plain-json.ts';
import { audit, models, personas, proposals, segments } from './schema.ts';

/** `current`: the standing one, at most one; `candidate`: proposed, and nobody has decided yet. */
export type ModelStatus = 'current' | 'superseded' | 'candidate' | 'rejected';

export type ModelSummary = Pick<Model, 'id' | 'kind' | 'fingerprint' | 'asOf' | 'createdAt'> & {
  status: ModelStatus;
};

/** `number` is another after each change; `at` is ISO time. */
export interface StandingChange {
  number: number;
  at: string;
}

export interface ModelRepository {
  /**
   * Keeps a model as a candidate; a known one that does not stand is replaced. Which model stands, `apply` decides.
   * Where it answers a what-if, the answer stays with it; the latest few that nobody proposed are kept, until the
   * segments change.
   */
  propose(model: Model, whatIf?: KeptWhatIf): Promise<void>;
  /** The candidate by which a what-if was answered. */
  whatIf(key: string): Promise<{ model: Model; whatIf: KeptWhatIf } | undefined>;
  current(): Promise<Model | undefined>;
  byId(id: string): Promise<Model | undefined>;
  /** Newest first. */
  list(): Promise<ModelSummary[]>;
  /**
   * The last change of what stands: a fit, refresh, promotion or rollback, or texts of segments; undefined where nothing
   * stands. Costs one look at an index.
   */
  lastChange(): Promise<StandingChange | undefined>;
}

export function modelRepository(db: Database): ModelRepository {
  return {
    async propose(unchecked, uncheckedWhatIf) {
      const model = plainJson(unchecked, 'model');
      const whatIf = uncheckedWhatIf && plainJson(uncheckedWhatIf, 'what-if');
      await db.transaction(async tx => {
        await oneWriter(tx);
        const [known] = await tx
          .select({ status: models.status })
          .from(models)
          .where(eq(models.id, model.id));
        if (known?.status === 'current') throw new Error(`Model ${model.id} stands: it is no candidate.`);
        await tx.delete(models).where(eq(models.id, model.id));
        await insertModel(tx, model, 'candidate', whatIf);
        if (whatIf) await dropWhatIfs(tx, answersKept);
      });
    },
    async whatIf(key) {
      const asked = and(eq(models.status, 'candidate'), sql`${models.body} -> 'whatIf' ->> 'key' = ${key}`);
      const [row] = await db
        .select({ id: models.id, body: models.body })
        .from(models)
        .where(asked)
        .orderBy(desc(models.createdAt), asc(models.id))
        .limit(1);
      const model = row && (await readModel(db, eq(models.id, row.id)));
      return model && row.body.whatIf && { model, whatIf: row.body.whatIf };
    },
    current: () => readModel(db, eq(models.status, 'current')),
    byId: id => readModel(db, eq(models.id, id)),
    async list() {
      const { id, kind, fingerprint, asOf, createdAt, status } = models;
      const rows = await db
        .select({ id, kind, fingerprint, asOf, createdAt, status })
        .from(models)
        .orderBy(desc(createdAt), asc(id));
      return rows.map(row => ({ ...row, createdAt: row.createdAt.toISOString() }));
    },
    async lastChange() {
      // Each such change leaves a row in the audit whose subject is the model.
      const [row] = await db
        .select({ number: audit.id, at: audit.at })
        .from(audit)
        .innerJoin(models, eq(audit.subject, models.id))
        .where(eq(models.status, 'current'))
        .orderBy(desc(audit.id))
        .limit(1);
      return row && { number: row.number, at: row.at.toISOString() };
    },
  };
}

/**
 * Makes a model the standing one, in place of the row that it may have.
 *
 * @returns the id of the model that it supersedes, or null
 */
export async function makeCurrent(tx: Database, model: Model): Promise<string | null> {
  await tx.delete(models).where(eq(models.id, model.id));
  const [superseded] = await tx
    .update(models)
    .set({ status: 'superseded' })
    .where(eq(models.status, 'current'))
    .returning({ id: models.id });
  await insertModel(tx, model, 'current');
  return superseded?.id ?? null;
}

/** Answers of what-ifs that may be proposed without being worked out again. */
const answersKept = 5;

/** Forgets the candidates of what-ifs that nobody proposed, but for the newest of them. */
export async function dropWhatIfs(tx: Database, newest: number): Promise<void> {
  const proposed = tx
    .select({ one: sql`1` })
    .from(proposals)
    .where(and(eq(proposals.subject, models.id), eq(proposals.status, 'open')));
  const old = await tx
    .select({ id: models.id })
    .from(models)
    .where(
      and(eq(models.status, 'candidate'), sql`${models.body} -> 'whatIf' IS NOT NULL`, notExists(proposed)),
    )
    .orderBy(desc(models.createdAt), asc(models.id))
    .offset(newest);
  if (old.length === 0) return;
  await tx.delete(models).where(
    inArray(
      models.id,
      old.map(({ id }) => id),
    ),
  );
}

async function insertModel(
  tx: Database,
  model: Model,
  status: ModelStatus,
  whatIf?: KeptWhatIf,
): Promise<void> {
  const { id, kind, fingerprint, asOf, createdAt, segments: groups, ...told } = model;
  const body = whatIf ? { ...told, whatIf } : told;
  await tx
    .insert(models)
    .values({ id, kind, fingerprint, status, asOf, createdAt: new Date(createdAt), body });
  if (groups.length === 0) return;
  await tx.insert(segments).values(
    groups.map(({ features, rule, neighbours, persona: _, ...group }, position) => ({
      modelId: id,
      position,
      ...group,
      body: { features, rule, neighbours },
    })),
  );
  await tx
    .insert(personas)
    .values(groups.map(({ key, persona }) => ({ modelId: id, segmentKey: key, ...persona })));
}

/** All parts as of one moment: a refresh may replace them meanwhile. */
function readModel(db: Database, which: SQL): Promise<Model | undefined> {
  return db.transaction(
    async tx => {
      const [row] = await tx.select().from(models).where(which);
      if (!row) return undefined;
      const groups = await tx
        .select()
        .from(segments)
        .where(eq(segments.modelId, row.id))
        .orderBy(asc(segments.position));
      const texts = await tx.select().from(personas).where(eq(personas.modelId, row.id));
      return assemble(row, groups, texts);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

function assemble(
  { status: _, body: { whatIf: __, ...body }, createdAt, ...columns }: typeof models.$inferSelect,
  groups: (typeof segments.$inferSelect)[],
  texts: (typeof personas.$inferSelect)[],
): Model {
  const personaOf = new Map(texts.map(({ modelId: _, segmentKey, ...persona }) => [segmentKey, persona]));
  return {
    ...columns,
    ...body,
    createdAt: createdAt.toISOString(),
    segments: groups.map(group => toSegment(group, personaOf.get(group.key)!)),
  };
}

function toSegment(row: typeof segments.$inferSelect, persona: Persona): Segment {
  const { modelId: _, position: __, body, ...columns } = row;
  return { ...columns, ...body, persona };
}
