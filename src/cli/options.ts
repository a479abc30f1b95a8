import { InvalidArgumentError } from 'commander';
import { startOf } from '../features/as-of.ts';

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

export function words(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be blank.');
  return text;
}
