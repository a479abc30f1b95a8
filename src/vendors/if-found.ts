import { VendorRefusal } from './refusal.ts';

/** null where the vendor says that there is no such thing. */
export async function ifFound<Found>(ask: () => Promise<Found>): Promise<Found | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof VendorRefusal && error.status === 404) return null;
    throw error;
  }
}
