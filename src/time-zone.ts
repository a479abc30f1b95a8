import { z } from 'zod';

export const timeZone = z
  .string()
  .refine(isTimeZone, 'must be a time zone of the IANA list, such as Europe/London or UTC');

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
