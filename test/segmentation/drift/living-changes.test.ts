import { describe, expect, test } from 'vitest';
import { activityFindings } from '../../../src/segmentation/drift/activity.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import type { BehaviourType } from '../../support/living-shop/behaviours.ts';
import type { Changes } from '../../support/living-shop/changes.ts';
import { writeLivingShop } from '../../support/living-shop/living-shop.ts';
import { alertsOf, liveThrough, newAlerts } from './living-weeks.ts';

/** The week from whose beginning on the shop is changed. */
const fromWeek = 3;

describe('a planted change is found within two refreshes, named for what it is, and raises no other alarm', () => {
  test.each<[string, Changes, { kind: string; subject: string; says: string }]>([
    [
      'a new category',
      { newCategory: { fromWeek, name: 'plants', share: 0.15 } },
      { kind: 'new-category', subject: 'plants', says: '“plants” is a new category: ' },
    ],
    [
      'a new channel',
      { newChannel: { fromWeek, name: 'market', share: 0.2, of: 'orders' } },
      { kind: 'new-channel', subject: 'market', says: '“market” is a new sales channel: ' },
    ],
    [
      'a price rise',
      { priceRise: { fromWeek, factor: 1.12 } },
      { kind: 'price', subject: 'rise', says: 'The same products cost 12 % more than in the 8 weeks before' },
    ],
    [
      'a broken feed of e-mails',
      { brokenFeed: { fromWeek, source: 'klaviyo' } },
      {
        kind: 'feed-stopped',
        subject: 'klaviyo/e-mail events',
        says: 'E-mail events from “klaviyo” stopped arriving: ',
      },
    ],
    [
      'a feed of visits that broke three days before a refresh',
      { brokenFeed: { fromWeek: fromWeek + 4 / 7, source: 'site' } },
      {
        kind: 'feed-stopped',
        subject: 'site/site visits',
        says: 'the last came on 25 June, none in the 3 days since',
      },
    ],
  ])('%s', async (_name, changes, { kind, subject, says }) => {
    const { records } = await liveThrough({ seed: 111, ahead: fromWeek + 3, changes });
    expect(newAlerts(records)).toMatchObject([{ kind, subject, explainedBy: null }]);
    const found = [1, 2].flatMap(weeks => alertsOf(records[fromWeek + weeks]!));
    expect(found.map(({ sentence }) => sentence).join('\n')).toContain(says);
  });

  test.each<[string, number, BehaviourType | undefined]>([
    ['stop coming', 112, undefined],
    ['come to behave like others', 303, 'bargain'],
  ])('a segment that dissolves, as its customers %s', async (_how, seed, into) => {
    const { records, segmentOf } = await liveThrough({
      seed,
      ahead: fromWeek + 4,
      changes: { dissolve: { fromWeek, type: 'loyal', ...(into ? { into } : {}) } },
    });
    expect(newAlerts(records.slice(0, fromWeek + 1))).toEqual([]);
    const found = [1, 2].flatMap(weeks => alertsOf(records[fromWeek + weeks]!));
    expect(found.length).toBeGreaterThan(0);
    for (const { kind, subject } of newAlerts(records)) {
      expect(['hollowing', 'size', 'centroid']).toContain(kind);
      expect(subject).toBe(segmentOf('loyal'));
    }
  });
});

describe('December', () => {
  test('calls nobody where there was one before', async () => {
    const { records } = await liveThrough({
      seed: 113,
      start: '2026-10-26',
      past: 116,
      ahead: 10,
      eventsKept: 80,
      changes: { december: true },
    });
    expect(newAlerts(records).map(({ sentence }) => sentence)).toEqual([]);
    const gifts = records.flatMap(({ findings }) => findings.filter(({ subject }) => subject === 'gifts'));
    expect(gifts.length).toBeGreaterThan(0);
    for (const { severity, explainedBy } of gifts)
      expect([severity, explainedBy]).toEqual(['note', 'calendar']);
  });

  test('is news to a shop in its first year', async () => {
    const warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
    try {
      const shop = await writeLivingShop(warehouse, {
        seed: 113,
        start: '2026-10-26',
        past: 40,
        ahead: 10,
        changes: { december: true },
      });
      const weeks = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      const found = [];
      for (const week of weeks)
        found.push(...(await activityFindings(warehouse, shop.asOf(week), [], [])).findings);
      expect(found[0]).toMatchObject({
        kind: 'new-category',
        subject: 'gifts',
        severity: 'alert',
        explainedBy: null,
      });
    } finally {
      await warehouse.close();
    }
  });
});
