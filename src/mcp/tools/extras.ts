import type { ContentBlock } from '@modelcontextprotocol/server';
import type { ChartData } from '../../charts/chart-data.ts';
import { chartsMeta } from '../app/register.ts';

/** What a tool carries beside its structured result. */
interface Extra {
  /** Told with the definition: where a client finds the page that draws its results. */
  meta?: Record<string, unknown>;
  /** For clients that do not draw it. */
  content: (output: Record<string, unknown>) => Promise<ContentBlock>;
}

export const extras: Readonly<Record<string, Extra>> = {
  show_chart: { meta: chartsMeta, content: output => picture(output as unknown as ChartData) },
};

/** With its title, date and note, as it may be saved or sent on. Loaded by the first: it would slow the start of all else. */
async function picture(data: ChartData): Promise<ContentBlock> {
  const [{ pictureOf }, { pngOf }] = await Promise.all([
    import('../../charts/picture.ts'),
    import('../../charts/png.ts'),
  ]);
  const png = Buffer.from(await pngOf(pictureOf(data, false)));
  return { type: 'image', data: png.toString('base64'), mimeType: 'image/png' };
}
