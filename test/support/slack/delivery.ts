import type { Answer, Attempt } from './socket.ts';
import type { Delivery, Envelope } from './types.ts';
import { until } from './waiting.ts';
import { changed, type World } from './world.ts';

/** The way to the app: open or not, and one attempt over it. */
export interface Way {
  open(): boolean;
  send(envelope: Envelope, attempt: Attempt): Promise<Answer & { noRetry?: boolean }>;
}

export interface Deliveries {
  /** Resolves when acknowledged; events wait for the app to be there, all else is refused to the user at once. */
  deliver(envelope: Envelope, attempt?: Attempt): Promise<Delivery>;
  /** Nothing under way any more; what waits for the clock to be moved does not count. */
  settled(): Promise<void>;
}

/** Slack tries an event again at once, after a minute and after five more. */
const pauses = [0, 60_000, 300_000];

export function createDeliveries(world: World, way: Way): Deliveries {
  const underWay = new Set<Delivery>();

  async function attempt(delivery: Delivery, how: Attempt): Promise<Answer & { noRetry?: boolean }> {
    if (delivery.type === 'events_api') await until(world, way.open);
    else if (!way.open()) return { acknowledged: false, reason: 'the app is not there' };
    delivery.attempts += 1;
    const began = performance.now();
    const answer = await way.send(delivery, how);
    if (answer.acknowledged) {
      delivery.acknowledged = true;
      delivery.response = answer.response;
      delivery.took = performance.now() - began;
    }
    return answer;
  }

  async function deliver(envelope: Envelope, first: Attempt = { num: 0, reason: '' }): Promise<Delivery> {
    const delivery: Delivery = {
      ...envelope,
      attempts: 0,
      acknowledged: false,
      response: undefined,
      took: null,
    };
    world.deliveries.push(delivery);
    underWay.add(delivery);
    try {
      let answer = await attempt(delivery, first);
      for (let num = first.num + 1; !answer.acknowledged && num <= pauses.length; num += 1) {
        if (delivery.type !== 'events_api' || answer.noRetry) break;
        const due = world.now + pauses[num - 1]!;
        if (world.now < due) {
          underWay.delete(delivery);
          changed(world);
          await until(world, () => world.now >= due);
          underWay.add(delivery);
        }
        answer = await attempt(delivery, { num, reason: answer.reason });
      }
      if (!answer.acknowledged && delivery.type !== 'events_api')
        throw new Error(`Slack tells the user that ${nameOf(delivery)} did not work: ${answer.reason}`);
      return delivery;
    } finally {
      underWay.delete(delivery);
      changed(world);
    }
  }

  return { deliver, settled: () => until(world, () => underWay.size === 0) };
}

function nameOf({ type, payload }: Envelope): string {
  if (type === 'slash_commands') return String(payload.command);
  const [action] = (payload.actions ?? []) as { action_id?: string }[];
  return action?.action_id ?? String(payload.type);
}
