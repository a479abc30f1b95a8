import { dataCentreOf, mailchimpApi } from './mailchimp-api.ts';
import { VendorRefusal } from './refusal.ts';
import type { Vendor } from './vendor.ts';

export const mailchimpVendor: Vendor = {
  name: 'mailchimp',
  title: 'Mailchimp',
  fields: [
    {
      id: 'api_key',
      label: 'API key',
      help: 'Profile > Extras > API keys > Create A Key. It may do whatever its user may: let that be a manager, as authors and viewers may not change audiences. It ends with the data centre, such as -us21.',
      secret: true,
      problem: value =>
        dataCentreOf(value) === null ? 'must end with the data centre, such as -us21' : null,
    },
    {
      id: 'audience',
      label: 'Audience ID',
      help: 'Audience > More options > Audience settings. A connection is to one audience.',
      secret: false,
      problem: value => (/^[0-9a-z]+$/i.test(value) ? null : 'is no audience ID such as a1b2c3d4e5'),
    },
  ],
  async test(connection, platform) {
    const api = mailchimpApi(connection, platform);
    const { account_name } = await api.json<{ account_name?: string }>({
      path: '/',
      query: { fields: 'account_name' },
    });
    const account = account_name || 'a Mailchimp account';
    try {
      const { name } = await api.json<{ name: string }>({ path: api.audience, query: { fields: 'name' } });
      return { account: `${account}, audience ${name}`, missing: [] };
    } catch (error) {
      if (!(error instanceof VendorRefusal && (error.status === 404 || error.status === 403))) throw error;
      const missing =
        'the audience: the account has none of this ID, or the user of the key may not see it; without it nothing can be pulled or put there';
      return { account, missing: [missing] };
    }
  },
};
