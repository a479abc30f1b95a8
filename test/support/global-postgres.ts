import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers each request with the URL of a fresh database. */
    databaseBroker: string;
  }
}

/** Test files run in processes of their own; the broker lets them share one server that starts on first use. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const broker = createServer(async (_request, response) => {
    try {
      server ??= startPostgres();
      response.end(await (await server).createDatabase());
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  });
  await new Promise<void>(resolve => broker.listen(0, '127.0.0.1', resolve));
  project.provide('databaseBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);
  return async () => {
    broker.closeAllConnections();
    broker.close();
    const running = await server?.catch(() => undefined);
    await running?.stop();
  };
}
