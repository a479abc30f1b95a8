import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDeliveries } from './delivery.ts';
import { createDoor } from './door.ts';
import { createFaults, type Fault } from './faults.ts';
import { type RequestUrls, sendOverHttp, verifyUrl } from './http-sender.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import { createLimits } from './limits.ts';
import { addChannel, addUser, newWorld, type WorldOptions } from './new-world.ts';
import { eventEnvelope } from './payloads.ts';
import { createPeople, type People } from './people.ts';
import { answerResponse } from './response-url.ts';
import { createSeen, type Seen } from './seen.ts';
import { createSocketMode } from './socket.ts';
import type { Delivery, User } from './types.ts';
import { answerUpload } from './upload.ts';
import { until } from './waiting.ts';
import { answerCall } from './web-api.ts';
import { changed, directChannel } from './world.ts';

export interface FakeSlackOptions extends WorldOptions {
  /** Slack's limits of rate, by the fake's clock. */
  limits?: boolean;
  /** Real milliseconds the app has to acknowledge; Slack gives 3,000, a busy test machine needs more. */
  acknowledgeWithin?: number;
  /** When requests are signed, in milliseconds; the real time where left out. */
  signedAt?: () => number;
}

export interface FakeSlack extends People, Interactions, Seen {
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  team: string;
  botUser: string;
  /** `marketing` and the private `board` have the bot in them, `random` has not. */
  channels: { marketing: string; board: string; random: string };
  users: { ana: string; ben: string; cleo: string };
  /** In every public channel from the start. */
  addUser(name: string, user?: Partial<User>): string;
  /** The direct messages of a user with the bot. */
  dm(user: string): string;

  /** Requests go to this address from now on, instead of over sockets; checked as Slack checks it. */
  sendTo(url: string | RequestUrls): Promise<void>;
  /** Tells of an event of any kind, also of one the app never asked for. */
  tell(event: { type: string; [field: string]: unknown }): Promise<Delivery>;
  /** Sends what was sent once more, with the same event_id, as where Slack did not see it acknowledged. */
  retry(delivery: Delivery, reason?: string): Promise<Delivery>;
  /** Nothing waits for an acknowledgement. */
  settled(): Promise<void>;
  /** So many sockets are connected. */
  connected(connections?: number): Promise<void>;
  connections(): number;

  now(): number;
  /** Moves the fake's clock, which stands still else. */
  advance(milliseconds: number): void;
  /** The next calls of a method, or with '*' of any, go wrong. */
  fail(method: string, fault: Fault): void;
  /** Slack is away: everything is answered 503, or nothing listens any more; sockets break. */
  down(how?: 'unavailable' | 'refuse'): Promise<void>;
  up(): Promise<void>;
  /** Asks the app to connect anew. */
  disconnectAll(reason?: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Breaks every socket without a word. */
  drop(): void;
  /** Sockets stay open, but nothing comes through them any more, pongs neither; those opened afterwards work. */
  freeze(): void;
  close(): Promise<void>;
}

/** A Slack of its own, for the app that is tested: a workspace, the Web API, Socket Mode and signed requests. */
export async function fakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const world = newWorld(options);
  const users = { ana: addUser(world, 'ana'), ben: addUser(world, 'ben'), cleo: addUser(world, 'cleo') };
  const channels = {
    marketing: addChannel(world, 'marketing'),
    board: addChannel(world, 'board', { kind: 'group' }),
    random: addChannel(world, 'random', { invited: false }),
  };
  let away = false;
  let urls: RequestUrls | null = null;
  const signedAt = options.signedAt ?? Date.now;
  const within = options.acknowledgeWithin ?? 20_000;
  const faults = createFaults();

  const door = createDoor(world, faults, {
    api: { name: method => method, answer: asked => answerCall(api, asked) },
    upload: { name: () => 'upload', answer: asked => answerUpload(world, asked) },
    actions: { name: () => 'response_url', answer: asked => answerResponse(world, asked) },
  });
  const server = createServer((request, response) => {
    if (away) response.writeHead(503).end('Service Unavailable');
    else
      door(request, response).catch(error => {
        response.destroy();
        throw error;
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const base = () => `http://127.0.0.1:${port}`;

  const socket = createSocketMode(world, server, base);
  const api = {
    world,
    limits: options.limits ? createLimits() : null,
    more: { 'apps.connections.open': socket.method },
    base,
  };
  const deliveries = createDeliveries(world, {
    open: () => !away && (urls !== null || socket.connections() > 0),
    send: (envelope, attempt) =>
      urls
        ? sendOverHttp(urls, world.app.signingSecret, envelope, attempt, within, signedAt)
        : socket.send(envelope, attempt, within),
  });
  world.tell = envelope => void deliveries.deliver(envelope).catch(() => {});

  return {
    apiUrl: `${base()}/api/`,
    botToken: world.app.botToken,
    appToken: world.app.appToken,
    signingSecret: world.app.signingSecret,
    team: world.team,
    botUser: world.app.botUser,
    channels,
    users,
    addUser: (name, user) => addUser(world, name, user),
    dm: user => directChannel(world, user).id,
    ...createPeople(world, deliveries),
    ...createInteractions(world, deliveries, base),
    ...createSeen(world),
    async sendTo(url) {
      urls = typeof url === 'string' ? { events: url, interactivity: url, commands: url } : url;
      await verifyUrl(urls.events, world.app.signingSecret, signedAt);
      changed(world);
    },
    tell: event => deliveries.deliver(eventEnvelope(world, event)),
    retry: ({ type, payload, attempts }, reason = 'timeout') =>
      deliveries.deliver({ type, payload }, { num: Math.max(1, attempts), reason }),
    settled: deliveries.settled,
    connected: (connections = 1) => until(world, () => socket.connections() >= connections),
    connections: socket.connections,
    now: () => world.now,
    advance(milliseconds) {
      world.now += milliseconds;
      changed(world);
    },
    fail: faults.add,
    async down(how = 'unavailable') {
      away = true;
      socket.drop();
      if (how === 'refuse') {
        server.close();
        server.closeAllConnections();
      }
    },
    async up() {
      if (!server.listening) {
        server.listen(port, '127.0.0.1');
        await once(server, 'listening');
      }
      away = false;
      changed(world);
    },
    disconnectAll: (reason = 'refresh_requested') => socket.disconnectAll(reason),
    drop: socket.drop,
    freeze: socket.freeze,
    async close() {
      await socket.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
