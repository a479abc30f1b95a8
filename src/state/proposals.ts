import { and, desc, eq, ne } from 'drizzle-orm';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { oneWriter } from './installation.ts';
import { plainJson, plainText } from './plain-json.ts';
import { models, proposals } from './schema.ts';

/**
 * `promotion`, `weights` and `recipe` each put a candidate model in the place of the standing one: found anew as before,
 * with other weights, or with another recipe. `persona`: texts of segments; `feature`: a sensitive feature that may be
 * used; `sync`: an audience handed to a destination.
 */
export type ProposalKind = 'promotion' | 'weights' | 'recipe' | 'persona' | 'feature' | 'sync';

/** A change that waits for a person. */
export interface Proposal {
  /** Short and sayable: "p-12". */
  id: string;
  kind: ProposalKind;
  /** What it is about: a candidate model's id, a model whose texts change, a feature's id, an audience's handle. */
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
  byId(id: string): Promise<Proposal | undefined>;
  /**
   * Opens a proposal. An open one of the same kind becomes superseded, and its candidate model goes. Recorded in the
   * audit.
   */
  open(
    proposal: Pick<Proposal, 'kind' | 'subject' | 'summary' | 'body' | 'createdAt' | 'createdBy'>,
  ): Promise<Proposal>;
  /**
   * Closes an open one without carrying it out, and with it its candidate model; false where it is no longer open.
   * Recorded in the audit.
   */
  reject(id: string, decision: { at: string; by: string; reason: string }): Promise<boolean>;
}

export function proposalRepository(db: Database): ProposalRepository {
  return {
    async list() {
      const rows = await db.select().from(proposals).orderBy(desc(proposals.id));
      return rows.map(toProposal);
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
        await supersedeOpen(tx, proposal.kind, { at: createdAt, by: proposal.createdBy }, proposal.subject);
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

/** For whoever carries a proposal out, which settles it whatever was said of it meanwhile. */
export async function approveProposal(
  tx: Database,
  id: string,
  decision: { at: string; by: string; reason: string },
): Promise<void> {
  const [row] = await tx
    .update(proposals)
    .set({ status: 'approved', ...decided(decision) })
    .where(and(eq(proposals.id, numberOf(id) ?? 0), ne(proposals.status, 'approved')))
    .returning();
  if (!row) return;
  await auditLog(tx).append({
    at: decision.at,
    actor: decision.by,
    action: 'proposal.approved',
    subject: sayable(row.id),
    details: { subject: row.subject, reason: decision.reason },
  });
}

/** Closes what is open because something newer took its place. Its candidates go, but for the newer one itself. */
export async function supersedeOpen(
  tx: Database,
  kind: Proposal['kind'],
  { at, by }: { at: string; by: string },
  newer: string,
): Promise<void> {
  const rows = await tx
    .update(proposals)
    .set({ status: 'superseded' })
    .where(and(eq(proposals.kind, kind), eq(proposals.status, 'open')))
    .returning();
  for (const { subject, ...row } of rows) {
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

function decided({ at, by, reason }: { at: string; by: string; reason: string }) {
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
