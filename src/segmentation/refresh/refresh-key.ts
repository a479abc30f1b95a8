import type { RefreshRecord } from './record.ts';

/**
 * Names what happened at a date, wherever it is kept and however often the same was computed: `refresh-2026-11-16-5f0c…`.
 * Other data, another model or another history before it make another key.
 */
export function refreshKey({ kind, asOf, fingerprint }: RefreshRecord): string {
  return `${kind}-${asOf}-${fingerprint.slice(0, 16)}`;
}
