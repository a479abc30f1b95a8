import type { AuditEntry } from '../../src/state/audit.ts';
import type { State } from '../../src/state/state.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';

/** Stores that keep an audit and hold nothing else, for tools that touch none. */
export function madeAudit(rows: AuditEntry[] = []): { warehouse: Warehouse; state: State } {
  const audit = {
    append: async (row: AuditEntry) => {
      rows.push(row);
    },
  };
  return { warehouse: {} as Warehouse, state: { audit } as unknown as State };
}
