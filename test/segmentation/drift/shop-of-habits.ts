import type { Warehouse } from '../../../src/warehouse/port.ts';

/** The date that the shop of habits is looked at from. */
export const asOf = '2026-03-09';

/** The moment in the middle of a day that lies so many days before the date. */
const at = (day: number) =>
  `${new Date(Date.parse(asOf) - day * 86_400_000).toISOString().slice(0, 10)} 12:00:00`;

/** What the shop does on a day that lies so many days before the date. */
export interface Habits {
  /** Days before the date, from the oldest on. */
  days?: number;
  orders?: (day: number) => number;
  category?: (day: number, order: number) => string;
  channel?: (day: number, order: number) => string;
  price?: (day: number, product: number) => number;
  views?: (day: number) => number;
  origin?: (day: number, view: number) => string;
  mails?: (day: number) => number;
  tickets?: (day: number) => number;
}

type Cells = Record<string, (string | number | null)[]>;

/** A shop that does the same every day, but for what it is told to do otherwise. */
export async function stock(
  warehouse: Warehouse,
  {
    days = 120,
    orders = () => 30,
    category = (_day, order) => ['tea', 'coffee', 'cups'][order % 3]!,
    channel = (_day, order) => ['web', 'app'][order % 2]!,
    price = (_day, product) => 4 + product,
    views = () => 10,
    origin = (_day, view) => ['ads', 'direct'][view % 2]!,
    mails = day => (day % 7 === 6 ? 80 : 0),
    tickets = () => 5,
  }: Habits,
): Promise<void> {
  const tables: Record<'orders' | 'order_lines' | 'events' | 'tickets', Cells> = {
    orders: {},
    order_lines: {},
    events: {},
    tickets: {},
  };
  const add = (table: keyof typeof tables, row: Record<string, string | number>) => {
    const columns = tables[table];
    for (const [column, cell] of Object.entries(row)) {
      const known = columns[column];
      if (known) known.push(cell);
      else columns[column] = [cell];
    }
  };
  const many = (count: number, make: (i: number) => void) => {
    for (let i = 0; i < count; i++) make(i);
  };
  for (let day = days; day >= 1; day--) {
    const moment = at(day);
    many(orders(day), i => {
      // The first few of a day are the same people every day.
      const profile_id = i < 6 ? `p${i}` : `p${day}-${i}`;
      const who = { source: 'shop', order_id: `${day}-${i}`, profile_id, ordered_at: moment };
      add('orders', { ...who, channel: channel(day, i), total: 10 });
      const unit_price = price(day, i % 15);
      add('order_lines', { ...who, category: category(day, i), sku: `s${i % 15}`, unit_price, quantity: 1 });
    });
    const event = (source: string, i: number, type: string, from: string) =>
      add('events', { source, profile_id: `p${i}`, occurred_at: moment, type, origin: from });
    many(views(day), i => event('site', i, 'Product Viewed', origin(day, i)));
    many(mails(day), i => event('klaviyo', i, ['Email Delivered', 'Email Opened'][i % 2]!, 'newsletter'));
    many(tickets(day), i => add('tickets', { source: 'desk', profile_id: `p${i}`, opened_at: moment }));
  }
  for (const [table, columns] of Object.entries(tables)) await warehouse.append(table, columns);
}
