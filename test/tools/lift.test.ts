import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lift } from '../../src/activation/lift/lift.ts';
import type { Sync } from '../../src/activation/sync.ts';
import { unsupportedIn } from '../../src/agent/answer/check-numbers.ts';
import { evidenceOf } from '../../src/agent/answer/evidence.ts';
import { answerWithoutModel } from '../../src/agent/answer/without-model.ts';
import { latestDigest } from '../../src/agent/tasks/digest/digest.ts';
import { createRandom } from '../../src/clustering/random.ts';
import { liftTool } from '../../src/tools/lift.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { assigned, type MadeMember, madeSync } from '../activation/lift/made-campaign.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

let shop: LivedShop;
let sync: Sync;
let members: MadeMember[];
const later = (day: string, days: number) =>
  new Date(Date.parse(`${day}T09:30:00Z`) + days * 86_400_000).toISOString();

/** A shop of two made segments, 600 customers each, of whom the treated order more often in the first one. */
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 1 });
  const { warehouse, state } = shop.context;
  const { segments, describedAsOf: asOf } = (await state.models.current())!;
  const [one, two] = segments.map(({ key }) => key);
  const random = createRandom(8);
  members = Array.from({ length: 1200 }, (_, i) => ({
    profileId: `made/${i}`,
    arm: i % 8 === 0 ? 'holdout' : 'treated',
    segment: i < 600 ? one! : two!,
  }));
  const at = later(asOf, -35);
  sync = await madeSync(state, { members, at, name: 'Spring letter', holdout: 0.125 });
  const buyers = members.filter(
    ({ arm, segment }) => random.uniform() < (arm === 'treated' && segment === one ? 0.75 : 0.35),
  );
  await warehouse.append('orders', {
    source: buyers.map(() => 'made'),
    order_id: buyers.map(({ profileId }) => profileId),
    customer_id: buyers.map(({ profileId }) => profileId),
    profile_id: buyers.map(({ profileId }) => profileId),
    ordered_at: buyers.map(() =>
      later(asOf, -30 + random.integer(20))
        .slice(0, 19)
        .replace('T', ' '),
    ),
    total: buyers.map(() => Math.round(100 * Math.exp(3.6 + 0.6 * random.normal())) / 100),
    currency: buyers.map(() => 'GBP'),
  });
}, 60_000);
afterAll(() => shop.close());

const context = (changed = {}) => madeContext({ ...shop.context, role: 'viewer', ...changed });
const told = async (input: object = {}) =>
  (await runTool(context(), 'lift', input, [liftTool])).output as unknown as {
    verdict: string;
    says: string;
    treated: number;
    heldOut: number;
    segments: { verdict: string; ordered: { points: number } | null }[];
    metrics: {
      metric: string;
      verdict: string;
      rate: { treated: number; points: number; low: number } | null;
      why: string;
    }[];
    others: { sync: string }[];
  };

describe('what a campaign did', () => {
  it('is told with the plain answer first, by segment, and what is too early is said to be', async () => {
    const report = await told();
    expect(report).toMatchObject({ verdict: 'works', treated: 1050, heldOut: 150 });
    expect(report.says).toMatch(/^“Spring letter” works\. Each customer assigned brought £/);
    const [rise, none] = report.segments.toSorted((a, b) => b.ordered!.points - a.ordered!.points);
    expect(rise).toMatchObject({ verdict: 'works' });
    expect(rise!.ordered!.points).toBeGreaterThan(20);
    expect(none!.verdict).not.toBe('works');
    expect(report.metrics.find(({ metric }) => metric.startsWith('Ordered again'))).toMatchObject({
      verdict: 'too early',
      rate: null,
    });
  });

  it('is found by sync, audience or name; what is not there is refused with what there is', async () => {
    const says = (await told()).says;
    for (const campaign of [sync.id, sync.audience, 'spring LETTER'])
      expect((await told({ campaign })).says).toBe(says);
    await expect(told({ campaign: 'autumn' })).rejects.toThrow('no campaign "autumn"');
    await expect(lift(shop.context, { asOf: '2999-01-01' })).rejects.toThrow('reach until');
    await expect(lift(shop.context, { from: 'yesterday' })).rejects.toThrow('is not a day');
  });

  it('is the same each time, and cannot be told before its day', async () => {
    const { describedAsOf } = (await shop.context.state.models.current())!;
    expect(await lift(shop.context, {})).toEqual(await lift(shop.context, {}));
    const early = await lift(shop.context, { asOf: later(describedAsOf, -10).slice(0, 10) });
    expect(early).toMatchObject({ verdict: 'too early', answered: null, segments: [] });
    expect(early.says).toContain(`The first answer is on ${early.next}.`);
  });

  it('is of a campaign that events name, from when it was sent', async () => {
    const { describedAsOf: asOf } = (await shop.context.state.models.current())!;
    const sent = members.filter(({ arm }) => arm === 'treated').slice(0, 800);
    await shop.context.warehouse.append('events', {
      source: sent.map(() => 'made'),
      event_id: sent.map(({ profileId }) => `sent ${profileId}`),
      profile_id: sent.map(({ profileId }) => profileId),
      occurred_at: sent.map(() => later(asOf, -33).slice(0, 19).replace('T', ' ')),
      type: sent.map(() => 'Email Delivered'),
      campaign_id: sent.map(() => 'C-77'),
    });
    const report = await lift(shop.context, { campaign: 'C-77' });
    expect(report.campaign).toMatchObject({ id: 'C-77', sync: sync.id });
    expect(report.exposed.first).toBe(later(asOf, -33).slice(0, 10));
    // All who were assigned, not only the 800 who were reached.
    expect(report.all).toMatchObject({ treated: 1050, heldOut: 150 });
    expect(report.verdict).toBe('works');
  });

  it('is not told where those held out were sent the campaign all the same', async () => {
    const { describedAsOf: asOf } = (await shop.context.state.models.current())!;
    const mailed = async (id: string, heldOut: number) => {
      const held = members.filter(({ arm }) => arm === 'holdout').slice(0, heldOut);
      const sent = [...members.filter(({ arm }) => arm === 'treated'), ...held];
      await shop.context.warehouse.append('events', {
        source: sent.map(() => 'made'),
        event_id: sent.map(({ profileId }) => `${id} ${profileId}`),
        profile_id: sent.map(({ profileId }) => profileId),
        occurred_at: sent.map(() => later(asOf, -33).slice(0, 19).replace('T', ' ')),
        type: sent.map(() => 'Email Delivered'),
        campaign_id: sent.map(() => id),
      });
      return lift(shop.context, { campaign: id });
    };
    const everybody = await mailed('C-78', 150);
    expect(everybody).toMatchObject({
      verdict: 'cannot tell',
      needed: null,
      crossed: { much: true, share: 1 },
    });
    expect(everybody.says).toContain('100 % of the customers who were held out were sent it all the same');
    expect(everybody.segments.flatMap(({ metrics }) => metrics).map(({ verdict }) => verdict)).not.toContain(
      'works',
    );
    expect(everybody.notes[0]).toContain('Send campaigns to the list');
    const seen = await told({ campaign: 'C-78' });
    expect(seen.verdict).toBe('cannot tell yet');
    // Too few to be counted: the answer stands, with a warning.
    const some = await mailed('C-79', 4);
    expect(some).toMatchObject({ verdict: 'works', crossed: { much: false, share: null } });
    expect(some.notes[0]).toMatch(/^Some of the customers held out were sent it all the same/);
    const few = await mailed('C-80', 12);
    expect(few.notes[0]).toMatch(/^8 % of the customers held out/);
    expect(
      (await lift(shop.context, { campaign: 'C-80', asOf: later(asOf, -10).slice(0, 10) })).notes,
    ).toEqual([few.notes[0]]);
    expect((await lift(shop.context, { campaign: sync.id })).crossed).toBeNull();
  });

  it('is not told where the arms are not what the lot made', async () => {
    const { state } = shop.context;
    const lost = members.filter(({ arm }, i) => arm === 'treated' || i % 2 === 0);
    const { describedAsOf } = (await state.models.current())!;
    const other = await madeSync(state, {
      members: lost.filter(({ arm }, i) => arm === 'treated' || i % 3 === 0),
      at: later(describedAsOf, -35),
      name: 'By hand',
      handle: 'a-0000ffff',
      holdout: 0.125,
    });
    const report = await lift(shop.context, { campaign: other.id });
    expect(report).toMatchObject({ mismatch: true, verdict: 'cannot tell', needed: null });
    expect(report.says).toContain('not in the shares that were drawn');
    await expect(lift(shop.context, {})).rejects.toThrow('Several campaigns');
    expect((await told({ campaign: sync.id })).others.map(({ sync }) => sync)).toEqual([other.id]);
  });

  it('counts nobody where an arm has fewer than ten', async () => {
    const { state } = shop.context;
    const { describedAsOf } = (await state.models.current())!;
    const few = await madeSync(state, {
      members: members.slice(0, 60),
      at: later(describedAsOf, -35),
      name: 'A few',
      handle: 'a-0000eeee',
      holdout: 0.125,
    });
    await assigned(state, few, { members: members.slice(60, 70), at: later(describedAsOf, -3) });
    const report = await told({ campaign: few.id });
    expect(report).toMatchObject({ heldOut: 'fewer than 10', verdict: 'cannot tell yet', segments: [] });
    expect(report.metrics.every(({ rate }) => rate === null)).toBe(true);
  });
});

describe('an answer of a model', () => {
  it('may use its figures, shares as per cent and differences as points, and no others', async () => {
    const output = (await runTool(context(), 'lift', { campaign: sync.id }, [liftTool])).output;
    const evidence = evidenceOf({
      calls: [{ name: 'lift', input: {}, output }],
      questions: [],
      instructions: '',
      today: '2026-11-01',
    });
    const { says, metrics } = output as unknown as Awaited<ReturnType<typeof told>>;
    const { treated, points, low } = metrics.find(({ metric }) => metric === 'Ordered')!.rate!;
    const wrong = (text: string) => unsupportedIn(text, evidence).map(({ text }) => text);
    expect(wrong(says)).toEqual([]);
    expect(
      wrong(`Of those who were sent it ${(100 * treated).toFixed(1)} % ordered: ${points} points more.`),
    ).toEqual([]);
    expect(wrong(`The difference is ${(points + 3.3).toFixed(1)} points.`)).toHaveLength(1);
    expect(low).toBeLessThan(points);
  });
});

describe('who asks', () => {
  it('in words has the campaign that they name, without a model', async () => {
    const { text, calls } = await answerWithoutModel(context(), 'Did the spring letter campaign work?');
    expect(text).toContain('“Spring letter” works.');
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(['lift']));
  });

  it('reads it in the digest of the week in which it can be told', async () => {
    const digest = (await latestDigest(context()))!;
    expect(digest.campaigns.map(({ name }) => name)).toContain('Spring letter');
  });
});
