import { inject } from 'vitest';

/** The URL of a new, empty database on the run's PostgreSQL server; see postgres.ts. */
export async function freshDatabase(): Promise<string> {
  const response = await fetch(inject('databaseBroker'), { method: 'POST' });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
