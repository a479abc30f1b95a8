import type { App } from '../app.ts';

/** Under which a person's wish to know what is held on them stands in the audit, and that it was answered. */
export const dataRequested = 'person.data_requested';
export const dataAnswered = 'person.data_answered';

/** A person asked a shop what is held on them. */
export interface DataRequest {
  /** ISO time. */
  at: string;
  connection: string;
  /** source/id, by which an erasure finds it as well. */
  person: string;
}

/** For so long a request is shown: within a month it has to be answered. */
const shownForMs = 30 * 86_400_000;

/** Notes a request once, however often it is told. `request` is its number at the shop. */
export async function noteDataRequest(
  { state }: Pick<App, 'state'>,
  { at, connection, person }: DataRequest,
  request: string | null,
): Promise<void> {
  const { audit } = await state();
  const subject = request === null ? person : `${connection} ${request}`;
  const noted = await audit.list([dataRequested]);
  if (noted.some(entry => entry.subject === subject)) return;
  const details = { connection, person };
  await audit.append({ at, actor: 'shopify', action: dataRequested, subject, details });
}

/** Those of the last month that nobody answered, oldest first. Whoever was erased since asks no more. */
export async function dataRequests(app: Pick<App, 'state' | 'now'>): Promise<DataRequest[]> {
  return (await open(app)).map(({ at, connection, person }) => ({ at, connection, person }));
}

/** Notes that a person was told what is held on them. `ids`: source/id of all that they are known by. */
export async function answerDataRequests(
  app: Pick<App, 'state' | 'now'>,
  { ids, by }: { ids: readonly string[]; by: string },
): Promise<void> {
  const { audit } = await app.state();
  const at = app.now().toISOString();
  for (const { subject, person } of await open(app))
    if (ids.includes(person))
      await audit.append({ at, actor: by, action: dataAnswered, subject, details: {} });
}

async function open({
  state,
  now,
}: Pick<App, 'state' | 'now'>): Promise<(DataRequest & { subject: string })[]> {
  const { audit } = await state();
  const since = now().getTime() - shownForMs;
  const answered = new Set((await audit.list([dataAnswered])).map(({ subject }) => subject));
  return (await audit.list([dataRequested]))
    .map(({ at, subject, details }) => {
      const [connection, person] = [String(details.connection), String(details.person)];
      return { at, subject, connection, person };
    })
    .filter(
      ({ at, subject, connection, person }) =>
        Date.parse(at) >= since && !answered.has(subject) && person.startsWith(`${connection}/`),
    );
}
