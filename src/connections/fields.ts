import { InputError } from '../errors.ts';
import { apiUrlProblem } from '../vendors/address.ts';
import type { Connection, Vendor } from '../vendors/vendor.ts';

/** Where requests go instead of the vendor's host; every vendor takes it. */
export const apiUrlField = 'api_url';

/**
 * Settings and secrets out of what was given by field, what stands of a connection that is changed, and what the vendor takes
 * where nothing is given.
 *
 * @throws InputError for what is missing, unknown or wrong
 */
export function readFields(
  { title, name: vendorName, fields }: Vendor,
  given: Readonly<Record<string, string>>,
  standing: Connection | undefined,
): Pick<Connection, 'settings' | 'secrets'> {
  const known = [...fields.map(({ id }) => id), apiUrlField];
  const unknown = Object.keys(given).find(id => !known.includes(id));
  if (unknown !== undefined)
    throw new InputError(`${title} has no "${unknown}".`, `It takes ${known.join(', ')}.`);
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  const missing: string[] = [];
  for (const { id, label, secret, fallback, problem } of fields) {
    const kept = secret ? standing?.secrets[id] : standing?.settings[id];
    const value = given[id]?.trim() || kept || fallback;
    if (value === undefined) {
      missing.push(`${id} (${label})`);
      continue;
    }
    const wrong = value === '' ? null : (problem?.(value) ?? null);
    if (wrong) throw new InputError(`${label} ${wrong}.`, `Give another value for ${id}.`);
    if (secret) secrets[id] = value;
    else settings[id] = value;
  }
  if (missing.length > 0)
    throw new InputError(
      `${title} needs ${missing.join(', ')}.`,
      `Run \`kindred connect ${vendorName}\` in a terminal, which asks; or put lines such as ${fields[0]?.id ?? 'field'}=… into a file and say --secrets-from FILE.`,
    );
  const apiUrl = given[apiUrlField]?.trim() || standing?.settings[apiUrlField];
  if (apiUrl) {
    const wrong = apiUrlProblem(apiUrl);
    if (wrong) throw new InputError(`The address of --api-url ${wrong}.`, 'Give another address.');
    settings[apiUrlField] = apiUrl;
  }
  return { settings, secrets };
}
