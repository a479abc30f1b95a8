import type { Model } from '../../src/segmentation/model.ts';
import type { RefreshRecord } from '../../src/segmentation/refresh/record.ts';
import type { Proposal } from '../../src/state/proposals.ts';
import type { State } from '../../src/state/state.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import type { Tool, ToolContext } from '../../src/tools/tool.ts';
import { reportModel } from '../report/fixture.ts';
import { madeRecord, madeSegment } from '../segmentation/moves/made-history.ts';
import { madeContext } from './made-context.ts';

interface MadeShop {
  /** null: nothing was segmented yet. */
  model?: Model | null;
  records?: RefreshRecord[];
  proposals?: Proposal[];
}

/** For tools that only read what was decided. */
export function madeShop({ model = reportModel(4), records, proposals = [] }: MadeShop = {}): ToolContext {
  const history = records ?? (model ? [recordOf(model)] : []);
  const state: Partial<{ [Part in keyof State]: Partial<State[Part]> }> = {
    models: { current: async () => model ?? undefined },
    refreshes: {
      latest: async () => history.at(-1),
      recent: async most => history.slice(-most),
      dates: async () => history,
    },
    proposals: { list: async () => proposals },
  };
  return madeContext({ state: state as State });
}

/** What a refresh says of a model's segments. */
export function recordOf(model: Model, change: Partial<RefreshRecord> = {}): RefreshRecord {
  return madeRecord(model.describedAsOf, {
    modelId: model.id,
    segments: model.segments.map(({ key, size, persona }) => madeSegment(key, persona.name, size)),
    ...change,
  });
}

/** The model with sizes of segments changed, and with them all that follows. */
export function withSizes(model: Model, sizes: readonly number[], setAside = 0): Model {
  const customers = sizes.reduce((sum, size) => sum + size, setAside);
  const segments = model.segments.map((segment, i) => ({
    ...segment,
    size: sizes[i]!,
    share: sizes[i]! / Math.max(1, customers),
  }));
  const population = {
    ...model.population,
    customers,
    setAside: { ...model.population.setAside, count: setAside },
  };
  return { ...model, segments, population };
}

/** The result of a tool as surfaces get it. */
export async function call<Output = Record<string, unknown>>(
  tool: Tool,
  context: ToolContext,
  input: unknown = {},
): Promise<Output> {
  return (await runTool(context, tool.name, input, [tool])).output as Output;
}
