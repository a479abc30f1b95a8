import { runTool } from '../../src/tools/run-tool.ts';
import type { Tool, ToolContext } from '../../src/tools/tool.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

export interface LivedTools {
  shop: LivedShop;
  /** The result of a tool as surfaces get it. */
  call<Output = Record<string, unknown>>(
    tool: Tool,
    input: unknown,
    context?: Partial<ToolContext>,
  ): Promise<Output>;
}

/** What tools that fit or propose are asked in: a small shop of two weeks in four segments. */
export async function livedTools(): Promise<LivedTools> {
  const shop = await livedShop({ customers: 110, ahead: 2 });
  return {
    shop,
    call: async <Output>(tool: Tool, input: unknown, changed: Partial<ToolContext> = {}) => {
      const context = madeContext({ ...shop.context, ...changed });
      return (await runTool(context, tool.name, input, [tool])).output as Output;
    },
  };
}
