import { createMatrix } from '../clustering/matrix.ts';
import type { FeatureTable } from '../features/feature.ts';
import { describeSegments } from './describe.ts';
import type { Fit } from './fit.ts';
import type { OverlayId } from './overlays/overlay.ts';
import { rfmSegments } from './rfm.ts';

/** Classical RFM cells in the shape of a fit: no centroids, no search, nobody set aside. */
export function fitRfm(table: FeatureTable, overlay: OverlayId, currency: string | null): Fit {
  const { labels, cells, k, cuts } = rfmSegments(table);
  const rows = table.profileIds.length;
  const confidence = new Float64Array(rows).fill(1);
  const { segments, carrying } = describeSegments({
    table,
    matrix: createMatrix(rows, 0),
    transforms: [],
    rowOf: Int32Array.from({ length: rows }, (_, i) => i),
    labels,
    k,
    confidence,
    currency,
    overlay,
    given: cells,
  });
  return {
    kind: 'rfm',
    segments,
    carrying,
    memberOf: labels,
    confidence,
    centroids: [],
    transforms: [],
    embedding: null,
    choice: null,
    limits: null,
    cuts,
    setAside: [],
    map: [],
    notes: [],
  };
}
