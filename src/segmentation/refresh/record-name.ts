import type { RefreshRecord } from './record.ts';

/** Names what the segments stand on: another record, and a plan of before is outdated. */
export function recordName(
  history: readonly Pick<RefreshRecord, 'asOf' | 'kind' | 'modelId' | 'fingerprint'>[],
): string {
  const latest = history.at(-1);
  return latest ? `${latest.asOf} ${latest.kind} ${latest.modelId} ${latest.fingerprint}` : 'none';
}
