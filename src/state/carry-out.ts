import { and, eq } from 'drizzle-orm';
import type { Decision } from '../governance/decisions.ts';
import type { Persona } from '../segmentation/model.ts';
import { auditLog } from './audit.ts';
import type { Database } from './database.ts';
import { decisionRepository } from './decisions.ts';
import { plainJson } from './plain-json.ts';
import { personas } from './schema.ts';
import { approveRun } from './sync-decisions.ts';

/** What an approval changes in the state. What is handed out of it leaves nothing here but the decision. */
export type Effect =
  | { kind: 'persona'; modelId: string; personas: readonly { key: string; persona: Persona }[] }
  | { kind: 'feature'; decision: Decision }
  /** `run`: what is sent from now on; null where a file is handed out. */
  | { kind: 'sync'; run: number | null };

/** Inside the transaction that approves the proposal. */
export async function carryOut(
  tx: Database,
  effect: Effect,
  { at, by, proposal }: { at: string; by: string; proposal: string },
): Promise<void> {
  switch (effect.kind) {
    case 'persona': {
      const { modelId } = effect;
      for (const { key, persona } of plainJson(effect.personas, 'personas')) {
        const changed = await tx
          .update(personas)
          .set(persona)
          .where(and(eq(personas.modelId, modelId), eq(personas.segmentKey, key)))
          .returning({ key: personas.segmentKey });
        if (changed.length !== 1) throw new Error(`Model ${modelId} has no segment "${key}".`);
      }
      return auditLog(tx).append({
        at,
        actor: by,
        action: 'personas.changed',
        subject: modelId,
        details: { proposal, segments: effect.personas.map(({ key }) => key) },
      });
    }
    case 'feature':
      return decisionRepository(tx).record(effect.decision);
    case 'sync':
      if (effect.run !== null) await approveRun(tx, effect.run, { at, by, proposal });
      return;
  }
}
