import { and, desc, eq, gt, gte, inArray, or } from 'drizzle-orm';
import type { Change } from '../segmentation/refresh/change.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { oneWriter } from './installation.ts';
import { dropWhatIfs, makeCurrent } from './models.ts';
import { plainJson } from './plain-json.ts';
import { approveProposal, supersedeBeside } from './proposals.ts';
import { insertRecord, restateRecord } from './refreshes.ts';
import { refreshes } from './schema.ts';

const actions = {
  fit: 'model.fitted',
  refresh: 'model.refreshed',
  promotion: 'model.promoted',
  rollback: 'model.rolled-back',
} as const satisfies Record<RefreshRecord['kind'], string>;

/** `State.apply`. */
export async function applyChange(db: Database, unchecked: Change): Promise<void> {
  const { record, model, actor, reason, proposal } = plainJson(unchecked, 'change');
  await db.transaction(async tx => {
    await oneWriter(tx);
    const known = await standingOf(tx, record);
    if (known === 'delivered') return;
    const supersedes = await makeCurrent(tx, model);
    if (proposal)
      await approveProposal(tx, proposal.id, { at: record.createdAt, by: actor, reason: proposal.reason });
    if (known === 'repeated') return restateRecord(tx, record);
    // What is still open is about a model that stands no longer, and what-ifs were beside the record before.
    if (supersedes !== null) await supersedeBeside(tx, { at: record.createdAt, by: actor }, model.id);
    await dropWhatIfs(tx, 0);
    await tx.delete(refreshes).where(rewrittenBy(record));
    await insertRecord(tx, record);
    await auditLog(tx).append({
      at: record.createdAt,
      actor,
      action: actions[record.kind],
      subject: model.id,
      details: {
        asOf: record.asOf,
        fingerprint: record.fingerprint,
        supersedes,
        ...(reason === undefined ? {} : { reason }),
      },
    });
  });
}

/**
 * Whether the history has the record: `delivered`, this very change, however long ago, since the outbox may hand one
 * over twice; `repeated`, the newest record says the same, computed another time; or null.
 */
async function standingOf(tx: Database, record: RefreshRecord): Promise<'delivered' | 'repeated' | null> {
  const { id, modelId, fingerprint, kind, asOf, createdAt } = refreshes;
  const history = await tx
    .select({ modelId, fingerprint, kind, asOf, createdAt })
    .from(refreshes)
    .orderBy(desc(asOf), desc(id));
  const same = history.filter(
    known =>
      known.modelId === record.modelId &&
      known.fingerprint === record.fingerprint &&
      known.kind === record.kind &&
      known.asOf === record.asOf,
  );
  const at = new Date(record.createdAt).getTime();
  if (same.some(known => known.createdAt.getTime() === at)) return 'delivered';
  return same.length > 0 && same[0] === history[0] ? 'repeated' : null;
}

/** The records that a new one takes the place of. A model is promoted after the refresh of its date, which stays. */
function rewrittenBy({ kind, asOf }: RefreshRecord) {
  if (kind === 'fit' || kind === 'refresh') return gte(refreshes.asOf, asOf);
  return or(
    gt(refreshes.asOf, asOf),
    and(eq(refreshes.asOf, asOf), inArray(refreshes.kind, ['promotion', 'rollback'])),
  );
}
