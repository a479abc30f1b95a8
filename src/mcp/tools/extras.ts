import type { ContentBlock } from '@modelcontextprotocol/server';
import { chartsMeta } from '../app/register.ts';

/** What a tool carries beside its structured result. */
interface Extra {
  /** Told with the definition: where a client finds the page that draws its results. */
  meta?: Record<string, unknown>;
  /** For clients that do not draw it. */
  content?: (output: Record<string, unknown>) => Promise<ContentBlock[]>;
}

export const extras: Readonly<Record<string, Extra>> = {
  show_chart: { meta: chartsMeta },
};
