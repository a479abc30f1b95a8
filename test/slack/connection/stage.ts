import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { OpenDatabase } from '../../../src/state/database.ts';
import { openPglite } from '../../../src/state/pglite.ts';
import { type State, stateOver } from '../../../src/state/state.ts';
import { empty } from '../../state/places.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Connecting, type ConnectingOptions, connecting } from './connecting.ts';

/** For the tests of a file: a state that begins empty and a fake Slack for each of them, and what connects the two. */
export function stage() {
  const folder = temporaryFolder();
  let database: OpenDatabase;
  let state: State;
  let fake: FakeSlack;
  const running: Connecting[] = [];

  beforeAll(async () => {
    database = await openPglite(folder.path);
    state = await stateOver(database);
  });
  beforeEach(async () => {
    await empty(database);
    fake = await fakeSlack();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(each => each.stop()));
    await fake.close();
  });
  afterAll(async () => {
    await state.close();
    folder.remove();
  });

  return {
    get fake() {
      return fake;
    },
    get state() {
      return state;
    },
    /** Stopped at the end of the test. */
    connect(options: Partial<ConnectingOptions> = {}): Connecting {
      const made = connecting(fake, { state: async () => state, ...options });
      running.push(made);
      return made;
    },
    /** How many messages were posted. */
    answers: () => fake.calls('chat.postMessage').filter(({ ok }) => ok).length,
    ask: (text: string) => fake.post(fake.users.ana, fake.dm(fake.users.ana), text),
    answered: (text: string) =>
      fake.waitFor(fake.dm(fake.users.ana), message => message.text === `You said: ${text}`),
  };
}
