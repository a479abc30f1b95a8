import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../errors.ts';

/** Made by the build; from dist it lies beside this module, from src it is looked for there. */
const places = ['./charts.html', '../../../dist/mcp/app/charts.html'];

/** The page that draws charts live: one HTML text that needs nothing else. */
export async function chartsHtml(): Promise<string> {
  for (const place of places) {
    const html = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => null);
    if (html !== null) return html;
  }
  throw new OperatorError('The page with the charts was not built.', 'Run npm run build.');
}
