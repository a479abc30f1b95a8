import { expect, test } from 'vitest';
import { refreshKey } from '../../../src/segmentation/refresh/refresh-key.ts';
import { exampleRecord } from '../../state/example-change.ts';

const record = exampleRecord({ fingerprint: '5f0c'.repeat(16) });

test('the same has the same key, whenever it was computed; anything else has another', () => {
  expect(refreshKey(record)).toBe('refresh-2011-12-17-5f0c5f0c5f0c5f0c');
  expect(refreshKey({ ...record, createdAt: '2026-12-01T00:00:00.000Z', findings: [] })).toBe(
    refreshKey(record),
  );
  const others = [{ kind: 'fit' as const }, { asOf: '2011-12-24' }, { fingerprint: 'a1b2'.repeat(16) }];
  const keys = [record, ...others.map(change => ({ ...record, ...change }))].map(refreshKey);
  expect(new Set(keys).size).toBe(keys.length);
});
