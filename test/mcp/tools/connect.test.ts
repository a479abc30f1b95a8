import { expect, it } from 'vitest';
import { closedApp } from '../../support/mcp-app.ts';
import { connectedClient, eras, person } from '../../support/mcp-client.ts';

it.each(eras)('a client of the %s era is answered before any store is opened', async era => {
  const { client, close } = await connectedClient(closedApp(), person(), { era });
  expect(client.getProtocolEra()).toBe(era);
  expect(client.getInstructions()).toContain('shop_overview');
  await close();
});
