import { woocommerceApi } from '../../../vendors/woocommerce.ts';
import type { Page, Stream } from '../../pull/source.ts';
import type { WooCustomer } from './records.ts';
import { customerRow } from './rows.ts';

/**
 * Customers with an account. WooCommerce tells neither when they changed nor lets it be asked, so all of them are read each
 * time, in the order of their ids; the cursor only serves to go on after a stop.
 */
export const customers: Stream = {
  name: 'customers',
  title: 'customers with an account',
  async *pull(connection, cursor, platform): AsyncGenerator<Page> {
    const api = woocommerceApi(connection, platform);
    const per_page = Number(connection.settings.page_size || 100);
    // The page that was read last is read again: somebody before it may have been deleted since.
    const from = cursor?.complete === true ? 1 : Math.max(1, Number(cursor?.page ?? 1));
    for (let page = from; ; page++) {
      const { rows, total } = await api.list<WooCustomer>('/customers', {
        role: 'all',
        orderby: 'id',
        order: 'asc',
        per_page,
        page,
      });
      const complete = rows.length < per_page;
      yield {
        rows: { customers: rows.map(customerRow) },
        received: rows.length,
        leftOut: [],
        cursor: { page, complete },
        ...(total === undefined ? {} : { expected: total }),
      };
      if (complete) return;
    }
  },
};
