import { expect, test } from 'vitest';
import { targetName } from '../../src/activation/target-name.ts';
import { InputError } from '../../src/errors.ts';
import type { Model } from '../../src/segmentation/model.ts';

const platform = { channel: 'advertising', title: 'Meta custom audiences' } as const;
const model = (neutralName: string) =>
  ({
    segments: [{ key: 'moonlight', persona: { name: 'Moonlight Mothers', neutralName } }],
  }) as unknown as Pick<Model, 'segments'>;
const audience = { handle: 'a-1', name: 'Moonlight Mothers', filter: { segment: 'moonlight' } };
const named = (given?: string, neutralName = 'Autumn list') =>
  targetName(platform, audience, model(neutralName), given);

test('an advertising platform reads no name of a persona, and no word that tells of people', () => {
  expect(named()).toBe('Autumn list');
  expect(named('Spring 27')).toBe('Spring 27');
  for (const given of ['moonlight mothers 2026', 'Lapsed spring', 'Diabetes offers'])
    expect(() => named(given), given).toThrow(InputError);
});

test('a neutral name that tells is not used', () => {
  expect(named(undefined, 'Diabetes offers')).toBe('Kindred a-1');
  expect(named(undefined, '')).toBe('Kindred a-1');
});

test('a persona that is called neutrally may be called so', () => {
  expect(named('Moonlight Mothers', 'Moonlight Mothers')).toBe('Moonlight Mothers');
});

test('an e-mail tool shows the name of the audience', () => {
  expect(targetName({ channel: 'email', title: 'Klaviyo' }, audience, model('x'))).toBe(
    'Kindred: Moonlight Mothers',
  );
});
