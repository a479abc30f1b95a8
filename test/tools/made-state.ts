import type { Model } from '../../src/segmentation/model.ts';
import type { RefreshRecord } from '../../src/segmentation/refresh/record.ts';
import type { State } from '../../src/state/state.ts';
import { exampleRecord } from '../state/example-change.ts';

/** A state of one model and its record, for tools that read no more. */
export function madeState(model: Model, record: Partial<RefreshRecord> = {}): State {
  return {
    models: { current: async () => model },
    refreshes: { recent: async () => [exampleRecord({ asOf: model.describedAsOf, ...record })] },
  } as unknown as State;
}
