import { InvalidArgumentError, Option } from 'commander';
import { startOf } from '../features/as-of.ts';
import { overlays } from '../segmentation/overlays/overlays.ts';

/** Parsers for option values; a bad one is wrong usage (exit code 2). */

export function asDate(text: string): string {
  try {
    startOf(text);
  } catch {
    throw new InvalidArgumentError('Write a date as YYYY-MM-DD, such as 2026-11-01.');
  }
  return text;
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    return value;
  };
}

/** An unknown name is refused with the list of those that there are. */
export function overlayOption(): Option {
  const listed = overlays.map(({ id, title }) => `${id} (${title})`).join(', ');
  return new Option('--overlay <sector>', `what the shop is: ${listed}; default: ecommerce`).argParser(
    text => {
      const found = overlays.find(({ id }) => id === text);
      if (!found) throw new InvalidArgumentError(`Use one of ${overlays.map(({ id }) => id).join(', ')}.`);
      return found.id;
    },
  );
}

export function words(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be blank.');
  return text;
}
