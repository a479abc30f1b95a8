import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { googleEmail, googleHash, googlePhone } from '../../../src/activation/destinations/google-hashes.ts';
import {
  metaCountry,
  metaEmail,
  metaHash,
  metaPhone,
} from '../../../src/activation/destinations/meta-hashes.ts';

const address = fc
  .tuple(
    fc.stringMatching(/^[a-zA-Z0-9.+_-]{1,12}$/),
    fc.constantFrom('gmail.com', 'Googlemail.com', 'x.org'),
  )
  .map(parts => parts.join('@'));
const number = fc.stringMatching(/^\+[1-9][0-9]{7,13}$/);
const spaced = (text: string) => ` ${[...text].join(' ')}\t`;

describe('Meta', () => {
  test('hashes as its documentation shows', () => {
    expect(metaHash(metaEmail('John_Smith@gmail.com'))).toBe(
      '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f',
    );
    expect(metaPhone('+1 (650)555-1212')).toBe('16505551212');
    expect(metaHash(metaPhone('+1 (650)555-1212'))).toBe(
      'e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176',
    );
    expect(metaHash(metaCountry('US'))).toBe(
      '79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621',
    );
  });

  test('has nothing to say of what is none', () => {
    expect([metaEmail('nobody'), metaPhone('12'), metaCountry('Germany')]).toEqual([null, null, null]);
    expect(metaHash(null)).toBe('');
  });

  test('normalises once and for all, whatever the case and the spaces', () => {
    fc.assert(
      fc.property(address, number, (email, phone) => {
        const plain = metaEmail(email)!;
        expect(metaEmail(plain)).toBe(plain);
        expect(metaEmail(spaced(email.toUpperCase()))).toBe(plain);
        const digits = metaPhone(phone)!;
        expect(metaPhone(digits)).toBe(digits);
        expect(metaPhone(spaced(phone))).toBe(digits);
        expect(metaPhone(`00${digits}`)).toBe(digits);
      }),
    );
  });
});

describe('Google', () => {
  test('hashes as its documentation shows', () => {
    expect(googleHash(googleEmail('dana@example.com')!)).toBe(
      '07e2f1394b0ea80e2adca010ea8318df697001a005ba7452720edda4b0ce57b3',
    );
    expect(googleEmail('cloudy.sanfrancisco+shopping@gmail.com')).toBe('cloudysanfrancisco@gmail.com');
    expect(googleEmail('cloudySanFrancisco@GMAIL.com ')).toBe('cloudysanfrancisco@gmail.com');
    expect(googleEmail('user.name+NYC@Example.com')).toBe('user.name+nyc@example.com');
    expect(googlePhone('+1 (800) 555-0100')).toBe('+18005550100');
  });

  test('has nothing to say of what is none', () => {
    expect([googleEmail('nobody'), googleEmail('...@gmail.com'), googlePhone('0171 5550100')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('normalises once and for all, whatever the case and the spaces', () => {
    fc.assert(
      fc.property(address, number, (email, phone) => {
        const plain = googleEmail(email);
        if (plain !== null) expect(googleEmail(plain)).toBe(plain);
        expect(googleEmail(spaced(email.toUpperCase()))).toBe(plain);
        expect(googlePhone(googlePhone(phone)!)).toBe(googlePhone(phone));
        expect(googlePhone(spaced(phone))).toBe(googlePhone(phone));
      }),
    );
  });
});
