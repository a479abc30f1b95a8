import { RESOURCE_MIME_TYPE, RESOURCE_URI_META_KEY } from '@modelcontextprotocol/ext-apps/server';
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../../src/errors.ts';
import { chartsUri } from '../../../src/mcp/app/register.ts';
import { closedApp } from '../../support/mcp-app.ts';
import { connectedClient, eras, person } from '../../support/mcp-client.ts';
import { builtPage } from '../../support/mcp-host.ts';

const parts = { chartsPage: builtPage };

const noDomains = { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] };

describe.each(eras)('the page of the charts, for a client of the %s era', era => {
  test('is what show_chart points at, in both ways that hosts look for it', async () => {
    const { client, close } = await connectedClient(closedApp(), person(), { era, parts });
    const { tools } = await client.listTools();
    const pointing = tools.filter(({ _meta }) => _meta?.ui !== undefined);
    expect(pointing.map(({ name }) => name)).toEqual(['show_chart']);
    expect(pointing[0]!._meta).toMatchObject({
      ui: { resourceUri: chartsUri },
      [RESOURCE_URI_META_KEY]: chartsUri,
    });
    await close();
  });

  test('is one page that asks no host for anything, read without opening a store', async () => {
    const { client, close } = await connectedClient(closedApp(), person(), { era, parts });
    const { contents } = await client.readResource({ uri: chartsUri });
    expect(contents).toHaveLength(1);
    const page = contents[0] as { text: string; mimeType: string; _meta: Record<string, unknown> };
    expect(page).toMatchObject({ uri: chartsUri, mimeType: RESOURCE_MIME_TYPE });
    expect(page._meta.ui).toEqual({ csp: noDomains, prefersBorder: true });
    expect(Buffer.byteLength(page.text)).toBeLessThan(900_000);
    await close();
  });
});

test('a page that was not built is told as such, with what to do', async () => {
  const chartsPage = () => Promise.reject(new OperatorError('There is no page.', 'Run npm run build.'));
  const { client, close } = await connectedClient(closedApp(), person(), {
    era: 'modern',
    parts: { chartsPage },
  });
  await expect(client.readResource({ uri: chartsUri })).rejects.toThrow(
    'There is no page. Run npm run build.',
  );
  await close();
});

test('the page holds nothing that a browser would fetch', async () => {
  const { client, close } = await connectedClient(closedApp(), person(), { era: 'modern', parts });
  const [page] = (await client.readResource({ uri: chartsUri })).contents;
  await close();
  const { text } = page as { text: string };
  const script = text.slice(text.indexOf('<script>'), text.lastIndexOf('</script>'));
  const markup = text.replace(script, '');
  expect(markup).not.toMatch(/<(link|base|iframe|img|object|embed)\b|\b(src|href|srcset|action)=/);
  expect(markup).not.toMatch(/url\(|@import|https?:/);
});
