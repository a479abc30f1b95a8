import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/features/catalogue.ts';
import { hospitality } from '../../../src/segmentation/overlays/hospitality.ts';
import { overlayOf, overlays, weighedFor } from '../../../src/segmentation/overlays/overlays.ts';
import { subscription } from '../../../src/segmentation/overlays/subscription.ts';
import { doingInWords, inWords, saidOf, shopWords } from '../../../src/segmentation/overlays/words.ts';
import { canonicalTables } from '../../../src/warehouse/schema.ts';

describe('the words of a sector', () => {
  const [house, service] = [hospitality.words, subscription.words];

  test('stand for orders and for those who place them', () => {
    expect(inWords('number of orders', house)).toBe('number of bookings');
    expect(inWords('share who ordered once only', service)).toBe('share who paid once only');
    expect(inWords('share of months with an order', service)).toBe('share of months with a payment');
    expect(inWords('High-value buyers with large order values', house)).toBe(
      'High-value guests with large booking values',
    );
  });

  test('tell what is done from what it is done with', () => {
    expect(doingInWords('orders {x} times a month', house)).toBe('books {x} times a month');
    expect(doingInWords('never orders at the weekend', house)).toBe('never books at the weekend');
    expect(doingInWords('used to order and spend well', service)).toBe('used to pay and spend well');
    expect(doingInWords('order often and spend well', house)).toBe('book often and spend well');
    expect(doingInWords('uses a discount on {x} of orders', house)).toBe(
      'uses a discount on {x} of bookings',
    );
    expect(doingInWords('spends {x} an order', house)).toBe('spends {x} a booking');
  });

  test('leave places for values alone', () => {
    expect(doingInWords('spend {order_value} an order', house)).toBe('spend {order_value} a booking');
  });

  test('of a shop are those that stand there', () => {
    for (const text of ['orders often', 'number of orders', 'Evening shoppers', 'spends {x} an order'])
      expect([inWords(text, shopWords), doingInWords(text, shopWords)]).toEqual([text, text]);
  });
});

describe('overlays as data', () => {
  const ids = new Set(catalogue.map(({ id }) => id));

  test('name only features and columns that exist', () => {
    for (const { leavesOut, weights, told } of overlays) {
      expect([...leavesOut, ...Object.keys(weights)].filter(id => !ids.has(id))).toEqual([]);
      for (const place of told) {
        const [table, column] = place.split('.') as [keyof typeof canonicalTables, string];
        expect(Object.keys(canonicalTables[table].columns)).toContain(column);
      }
    }
  });

  test('a model without one is that of a shop, which changes nothing', () => {
    const features = catalogue.map(({ id, weight }) => ({ id, weight }));
    expect(overlayOf(undefined).id).toBe('ecommerce');
    expect(weighedFor(overlayOf(undefined), features)).toEqual(features);
    expect(saidOf(features, overlayOf(undefined).words)).toEqual(features);
  });

  test('what is left out groups nobody, and no text speaks of it', () => {
    const features = [
      { id: 'weekend_share', weight: 0.5 },
      { id: 'order_value', weight: 1 },
      { id: 'lead_time', weight: 1 },
      { id: 'gap_variation', weight: 0.1 },
    ];
    expect(weighedFor(hospitality, features)).toEqual([
      { id: 'order_value', weight: 0.5 },
      { id: 'lead_time', weight: 1 },
      { id: 'gap_variation', weight: 0.1 },
    ]);
    expect(saidOf(features, hospitality.words).map(({ id }) => id)).not.toContain('weekend_share');
  });
});
