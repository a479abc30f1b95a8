import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Feature } from '../../../src/features/feature.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import type { Readiness } from '../../../src/segmentation/readiness.ts';
import { type Agreement, agreementWith } from '../../support/sectors/agreement.ts';
import { writeBookings } from '../../support/sectors/bookings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { kindred } from '../../support/terminal.ts';

const dir = temporaryFolder();
const run = (...args: string[]) => kindred([...args, '--data', dir.file('data')]);

interface Result {
  model: Model;
  agreement: Agreement;
}

let truth: Map<string, string>;
let asShop: Result;
let asHouse: Result;

async function segmented(...args: string[]): Promise<Result> {
  const { code, err, json } = await run('segment', '--force', '--json', ...args);
  expect([code, err.includes('kindred:')]).toEqual([0, false]);
  const { model } = json<{ model: Model }>();
  const file = dir.file('memberships.csv');
  expect((await run('export', 'memberships', '--to', file)).code).toBe(0);
  return { model, agreement: await agreementWith(truth, file) };
}

beforeAll(async () => {
  truth = await writeBookings(dir.file('house'), { guests: 1000, seed: 1 });
  expect((await run('import', dir.file('house'))).code).toBe(0);
  asShop = await segmented('--k', '6');
  asHouse = await segmented('--overlay', 'hospitality');
});

afterAll(dir.remove);

describe('bookings', () => {
  test('fall into the types of guests that they were made from, by their names', () => {
    expect(asHouse.agreement.rand).toBeGreaterThan(0.9);
    expect(asHouse.agreement.segmentOf).toEqual({
      business: 'weekday-business-travellers',
      couple: 'weekend-couples',
      family: 'families-and-groups-who-plan-ahead',
      lastMinute: 'last-minute-bookers',
      canceller: 'often-cancelling-portal-bookers',
      longStay: 'long-stay-guests',
    });
    expect(asHouse.model.segments.every(({ persona }) => persona.archetype !== null)).toBe(true);
  });

  test('are not told apart where they are looked at as orders of a shop, even into as many groups', () => {
    expect(asShop.agreement.rand).toBeLessThan(0.5);
    expect(
      asShop.model.segments.flatMap(({ features }) => features.map(({ class: of }) => of)),
    ).not.toContain('stays');
  });

  test('are told in the words of a house', () => {
    for (const { persona } of asHouse.model.segments) {
      expect(persona.sentence).toMatch(/^Guests who /);
      const texts = [persona.sentence, persona.paragraph, ...persona.evidence.map(({ label }) => label)];
      expect(texts.join(' ')).not.toMatch(/\b(orders?|ordered|customers|buyers|shoppers)\b/);
    }
  });

  test('the recipe says which overlay it started from, and leaves out what it does', () => {
    expect([asShop, asHouse].map(({ model }) => model.recipe.overlay)).toEqual(['ecommerce', 'hospitality']);
    const used = asHouse.model.recipe.features.map(({ id }) => id);
    expect(used).toEqual(expect.arrayContaining(['nights_per_stay', 'lead_time', 'cancellation_share']));
    expect(used).not.toContain('weekend_share');
  });
});

test('a refresh looks at them as bookings again', async () => {
  expect((await run('refresh', '--as-of', '2026-11-15')).code).toBe(0);
  const { segments } = (await run('segments', '--json')).json<Pick<Model, 'segments'>>();
  expect(segments.map(({ key }) => key)).toEqual(asHouse.model.segments.map(({ key }) => key));
  for (const { persona, features } of segments) {
    expect(persona.sentence).toMatch(/^Guests who /);
    expect(features.map(({ id }) => id)).toContain('nights_per_stay');
  }
});

describe('features of a sector', () => {
  const listed = async (...args: string[]) => (await run('features', '--json', ...args)).json<Feature[]>();

  test('are listed where the overlay is chosen, and nowhere else', async () => {
    expect((await listed()).map(({ id }) => id)).not.toContain('nights_per_stay');
    const here = (await listed('--overlay', 'hospitality')).map(({ id }) => id);
    expect(here).toContain('nights_per_stay');
    expect(here).not.toContain('plan_tier');
  });

  test('readiness says that the data would serve them', async () => {
    const plain = (await run('readiness', '--json')).json<Readiness>();
    expect(plain.classes.map(({ class: of }) => of)).not.toContain('stays');
    expect(plain.notes).toEqual([
      'The data holds bookings of stays: `--overlay hospitality` looks at them as such.',
    ]);
    const chosen = (await run('readiness', '--json', '--overlay', 'hospitality')).json<Readiness>();
    expect(chosen.notes).toEqual([]);
    expect(chosen.classes.at(-1)).toMatchObject({ class: 'stays', present: true, missing: [] });
  });
});

test('an overlay that there is not is refused with those that there are', async () => {
  const { code, err } = await run('segment', '--overlay', 'hotel');
  expect(code).toBe(2);
  for (const id of ['ecommerce', 'hospitality', 'subscription', 'b2b']) expect(err).toContain(id);
});
