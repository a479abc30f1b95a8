import { and, asc, desc, eq, inArray, ne, type SQL } from 'drizzle-orm';
import { auditLog } from './audit.ts';
import { carryOut, type Effect } from './carry-out.ts';
import type { Database } from './database.ts';
import { oneWriter } from './installation.ts';
import { plainJson, plainText } from './plain-json.ts';
import { models, proposals } from './schema.ts';
import { closeRun } from './sync-decisions.ts';

/**
 * `promotion`, `weights` and `recipe` each put a candidate model in the place of the standing one: found anew as before,
 * with other weights, or with another recipe. `persona`: texts of segments; `feature`: a sensitive feature that may be
 * used; `sync`: an audience handed to a destination, or what changes there.
 */
export type ProposalKind = 'promotion' | 'weights' | 'recipe' | 'persona' | 'feature' | 'sync';

/** Those that put a candidate model in the place of the standing one: one of them is open at a time. */
export const candidateKinds: readonly ProposalKind[] = ['promotion', 'weights', 'recipe'];

/** A change that waits for a person. */
export interface Proposal {
  /** Short and sayable: "p-12". */
  id: string;
  kind: ProposalKind;
  /** What it is about: a candidate model's id, the key of a segment or the model whose texts change, a feature's id, a sync's id, the handle of an audience for a file. */
  subject: string;
  status: 'open' | 'approved' | 'rejected' | 'superseded';
  /** One sentence for lists. */
  summary: string;
  /** The comparison that the person decides by; its shape follows from `kind`. */
  body: Record<string, unknown>;
  createdAt: string;
  createdBy: string;
  decidedAt: string | null;
  decidedBy: string | null;
  reason: string | null;
}

export interface ProposalRepository {
  /** Newest first. */
  list(): Promise<Proposal[]>;
  /** How it stands with each, oldest first: what it is decided by is long, and is left out. */
  statuses(): Promise<Pick<Proposal, 'id' | 'status'>[]>;
  byId(id: string): Promise<Proposal | undefined>;
  /**
   * Opens a proposal. What it takes the place of becomes superseded: an open one of a candidate model, whose model goes,
   * where it is of one itself; otherwise one of the same kind and subject. Recorded in the audit.
   */
  open(
    proposal: Pick<Proposal, 'kind' | 'subject' | 'summary' | 'body' | 'createdAt' | 'createdBy'>,
  ): Promise<Proposal>;
  /**
   * Approves an open one and does what it proposes, in one step; false where it is no longer open. Of a candidate model,
   * `State.apply` does that. Recorded in the audit.
   */
  approve(id: string, decision: Decided, effect: Effect): Promise<boolean>;
  /**
   * Closes an open one without carrying it out, and with it its candidate model; false where it is no longer open.
   * Recorded in the audit.
   */
  reject(id: string, decision: Decided): Promise<boolean>;
}

/** Who decided, when, and why. */
export interface Decided {
  /** ISO time. */
  at: string;
  by: string;
  reason: string;
}

export function proposalRepository(db: Database): ProposalRepository {
  return {
    async list() {
      const rows = await db.select().from(proposals).orderBy(desc(proposals.id));
      return rows.map(toProposal);
    },
    async statuses() {
      const { id, status } = proposals;
      const rows = await db.select({ id, status }).from(proposals).orderBy(asc(id));
      return rows.map(row => ({ ...row, id: sayable(row.id) }));
    },
    async byId(id) {
      const number = numberOf(id);
      if (number === undefined) return undefined;
      const [row] = await db.select().from(proposals).where(eq(proposals.id, number));
      return row && toProposal(row);
    },
    async open(unchecked) {
      const { createdAt, ...proposal } = plainJson(unchecked, 'proposal');
      return db.transaction(async tx => {
        await oneWriter(tx);
        await supersede(
          tx,
          replacedBy(proposal),
          { at: createdAt, by: proposal.createdBy },
          proposal.subject,
        );
        const [row] = await tx
          .insert(proposals)
          .values({ ...proposal, status: 'open', createdAt: new Date(createdAt) })
          .returning();
        const opened = toProposal(row!);
        await auditLog(tx).append({
          at: createdAt,
          actor: opened.createdBy,
          action: 'proposal.opened',
          subject: opened.id,
          details: { kind: opened.kind, subject: opened.subject, summary: opened.summary },
        });
        return opened;
      });
    },
    async approve(id, decision, effect) {
      return db.transaction(async tx => {
        const settled = await settleOpen(tx, eq(proposals.status, 'open'), id, decision);
        if (settled) await carryOut(tx, effect, { ...decision, proposal: id });
        return settled;
      });
    },
    async reject(id, decision) {
      const number = numberOf(id);
      if (number === undefined) return false;
      return db.transaction(async tx => {
        const [row] = await tx
          .update(proposals)
          .set({ status: 'rejected', ...decided(decision) })
          .where(and(eq(proposals.id, number), eq(proposals.status, 'open')))
          .returning();
        if (!row) return false;
        await tx
          .update(models)
          .set({ status: 'rejected' })
          .where(and(eq(models.id, row.subject), eq(models.status, 'candidate')));
        const run = runOf(row);
        if (run !== null) await closeRun(tx, run, 'rejected', decision.at);
        await auditLog(tx).append({
          at: decision.at,
          actor: decision.by,
          action: 'proposal.rejected',
          subject: sayable(row.id),
          details: { subject: row.subject, reason: decision.reason },
        });
        return true;
      });
    },
  };
}

/** For whoever carries out a proposal of a candidate model, which settles it whatever was said of it meanwhile. */
export async function approveProposal(tx: Database, id: string, decision: Decided): Promise<void> {
  await settleOpen(tx, ne(proposals.status, 'approved'), id, decision);
}

/** False where the proposal does not meet `which`; of several who decide at once, one does it. */
async function settleOpen(tx: Database, which: SQL, id: string, decision: Decided): Promise<boolean> {
  const [row] = await tx
    .update(proposals)
    .set({ status: 'approved', ...decided(decision) })
    .where(and(eq(proposals.id, numberOf(id) ?? 0), which))
    .returning();
  if (!row) return false;
  await auditLog(tx).append({
    at: decision.at,
    actor: decision.by,
    action: 'proposal.approved',
    subject: sayable(row.id),
    details: { subject: row.subject, reason: decision.reason },
  });
  return true;
}

/** Closes what is open about a model that stands no longer: candidates beside it, and texts of its segments. */
export async function supersedeBeside(
  tx: Database,
  { at, by }: { at: string; by: string },
  newer: string,
): Promise<void> {
  await supersede(tx, inArray(proposals.kind, [...candidateKinds, 'persona']), { at, by }, newer);
}

function replacedBy({ kind, subject }: Pick<Proposal, 'kind' | 'subject'>): SQL | undefined {
  return candidateKinds.includes(kind)
    ? inArray(proposals.kind, [...candidateKinds])
    : and(eq(proposals.kind, kind), eq(proposals.subject, subject));
}

/** Closes what is open of a sync, which went on without it. */
export async function supersedeProposals(
  tx: Database,
  sync: string,
  { at, by }: { at: string; by: string },
): Promise<void> {
  await supersede(tx, replacedBy({ kind: 'sync', subject: sync }), { at, by }, sync);
}

/** Of a proposal that hands an audience to a destination: the run that it is about. */
function runOf({ kind, body }: Pick<typeof proposals.$inferSelect, 'kind' | 'body'>): number | null {
  return kind === 'sync' && typeof body.run === 'number' ? body.run : null;
}

/** Closes what is open because something newer took its place. Its candidates go, but for the newer one itself. */
async function supersede(
  tx: Database,
  which: SQL | undefined,
  { at, by }: { at: string; by: string },
  newer: string,
): Promise<void> {
  const rows = await tx
    .update(proposals)
    .set({ status: 'superseded' })
    .where(and(which, eq(proposals.status, 'open')))
    .returning();
  for (const { subject, ...row } of rows.toSorted((a, b) => a.id - b.id)) {
    const run = runOf(row);
    if (run !== null) await closeRun(tx, run, 'superseded', at);
    if (subject !== newer)
      await tx.delete(models).where(and(eq(models.id, subject), eq(models.status, 'candidate')));
    await auditLog(tx).append({
      at,
      actor: by,
      action: 'proposal.superseded',
      subject: sayable(row.id),
      details: { subject },
    });
  }
}

function decided({ at, by, reason }: Decided) {
  return { decidedAt: new Date(at), decidedBy: plainText(by), reason: plainText(reason) };
}

const sayable = (id: number) => `p-${id}`;

function numberOf(id: string): number | undefined {
  const [, digits] = /^p-(\d{1,15})$/.exec(id) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function toProposal({ id, createdAt, decidedAt, ...columns }: typeof proposals.$inferSelect): Proposal {
  return {
    id: sayable(id),
    ...columns,
    createdAt: createdAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
