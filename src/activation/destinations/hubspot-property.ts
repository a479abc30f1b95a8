import { InputError } from '../../errors.ts';
import { contactPropertiesPath, type HubspotApi } from '../../vendors/hubspot-api.ts';
import { ifFound } from '../../vendors/if-found.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';

const group = { name: 'kindred', label: 'Kindred', displayOrder: -1 };

/** Makes the property in Kindred's group where it is not there. Returns whether it made it. */
export async function ensureProperty(api: HubspotApi, property: string): Promise<boolean> {
  if (!/^[a-z][a-z0-9_]*$/.test(property))
    throw new InputError(
      `HubSpot takes no property called “${property}”.`,
      'Name one with lower-case letters, digits and underscores, such as kindred_segment.',
    );
  if (await ifFound(() => api.send({ path: `${contactPropertiesPath}/${property}` }))) return false;
  await make(api, `${contactPropertiesPath}/groups`, group);
  await make(api, contactPropertiesPath, {
    name: property,
    label: property === 'kindred_segment' ? 'Kindred segment' : property,
    description: 'The segment that Kindred placed the customer in. Kept by Kindred.',
    groupName: group.name,
    type: 'string',
    fieldType: 'text',
  });
  return true;
}

/** Names are unique, so that asked twice it is made once; the second time HubSpot says that it is there. */
async function make(api: HubspotApi, path: string, json: object): Promise<void> {
  try {
    await api.send({ method: 'POST', path, json, idempotent: true });
  } catch (error) {
    if (!(error instanceof VendorRefusal && error.status === 409)) throw error;
  }
}
