import { InputError } from '../errors.ts';
import { type Progress, silent } from '../progress.ts';
import type { CanonicalTable } from '../warehouse/schema.ts';
import { mixBehaviours } from './behaviours.ts';
import { dateOf, dayOf, momentOf, timestamp } from './calendar.ts';
import { openCsvFiles } from './csv-files.ts';
import { type Customer, daysToSecondAccount, drawCustomer, headers, type Shop } from './customer.ts';
import { writeOrder, writeOrders } from './orders.ts';
import { bulkBuyer, plantedTypes } from './planted-types.ts';
import { createRandom } from './random.ts';
import { daysKept, writeEmails, writeVisit, writeVisits } from './visits.ts';

export interface DemoOptions {
  /** Rows of customers.csv, those who never buy included. */
  customers: number;
  seed: number;
  /** 'YYYY-MM-DD', the day after the last data. */
  asOf: string;
  months: number;
}

/** Parts of the whole; the rest are customers of a planted type. */
const roles = { prospect: 0.09, hybrid: 0.035, bulk_buyer: 0.003, bot: 0.001, crawler: 0.001 };
const roleNames = [...(Object.keys(roles) as (keyof typeof roles)[]), 'planted'] as const;
const roleWeights = [
  ...Object.values(roles),
  1 - Object.values(roles).reduce((sum, share) => sum + share, 0),
];

/**
 * Writes a made shop as canonical CSV files, and truth/truth.csv with the type of every buyer, which nothing but a
 * check may read; a type that begins with `noise_` was not planted. Same options, same bytes.
 */
export async function writeDemoShop(
  dir: string,
  options: DemoOptions,
  progress: Progress = silent,
): Promise<{ counts: Record<CanonicalTable, number> }> {
  const shop = await openShop(dir, options);
  const { files, random } = shop;
  while (files.counts.customers < options.customers) {
    const room = options.customers - files.counts.customers;
    writePerson(shop, room > 1 && random.chance(0.01));
    await files.flush();
    if (files.counts.customers % 1000 === 0)
      progress({ stage: 'Writing the shop', done: files.counts.customers, total: options.customers });
  }
  await files.close();
  const { 'truth/truth': _, ...counts } = files.counts;
  return { counts };
}

async function openShop(dir: string, options: DemoOptions): Promise<Shop> {
  const { customers, seed, asOf, months } = options;
  const next = 'Give whole numbers, and the date as YYYY-MM-DD.';
  for (const [name, value] of Object.entries({ customers, seed, months }))
    if (!Number.isSafeInteger(value) || value < (name === 'seed' ? 0 : 1))
      throw new InputError(`A made shop cannot have ${name} = ${value}.`, next);
  const end = /^\d{4}-\d\d-\d\d$/.test(asOf) ? dayOf(asOf) : Number.NaN;
  if (!Number.isInteger(end) || dateOf(end) !== asOf) throw new InputError(`${asOf} is not a date.`, next);
  const files = await openCsvFiles(dir, headers);
  return { files, random: createRandom(seed), end, opened: end - Math.round(months * 30.44) };
}

function writePerson(shop: Shop, hasTwoAccounts: boolean): void {
  const { files, random } = shop;
  const number = files.counts.customers + 1;
  const accounts = (hasTwoAccounts ? [number, number + 1] : [number]).map(
    n => `C${String(n).padStart(7, '0')}`,
  );
  const role = roleNames[random.weighted(roleWeights)]!;
  const type = plantedTypes[random.weighted(plantedTypes.map(({ share }) => share))]!;
  switch (role) {
    case 'planted': {
      const customer = drawCustomer(shop, accounts, type.behaviour);
      writeBuyer(shop, customer, type.name);
      break;
    }
    case 'hybrid': {
      const other = random.pick(plantedTypes);
      const customer = drawCustomer(shop, accounts, mixBehaviours(type.behaviour, other.behaviour, random));
      writeBuyer(shop, customer, 'noise_hybrid');
      break;
    }
    case 'bulk_buyer': {
      const customer = drawCustomer(shop, accounts, bulkBuyer);
      writeBuyer(shop, customer, 'noise_bulk_buyer', true);
      break;
    }
    case 'bot': {
      const customer = drawCustomer(shop, accounts, type.behaviour);
      writeBot(shop, customer);
      break;
    }
    case 'prospect': {
      const customer = drawCustomer(shop, accounts, type.behaviour);
      writeRegistration(shop, customer);
      writeVisits(shop, customer, []);
      writeEmails(shop, customer);
      break;
    }
    case 'crawler': {
      const customer = { ...drawCustomer(shop, accounts, type.behaviour), created: shop.opened - 1 };
      writeRegistration(shop, customer);
      writeCrawl(shop, customer);
    }
  }
}

function writeBuyer(shop: Shop, customer: Customer, type: string, carton = false): void {
  writeRegistration(shop, customer);
  writeTruth(shop, customer, type);
  const orders = writeOrders(shop, customer, carton);
  writeVisits(shop, customer, orders);
  writeEmails(shop, customer);
}

/** Buys out one product in a few nights, and watches its price all year. */
function writeBot(shop: Shop, customer: Customer): void {
  const { random, end, opened } = shop;
  customer.behaviour.favourite = 1;
  customer.behaviour.store = 0;
  customer.created = opened - 1;
  writeRegistration(shop, customer);
  writeTruth(shop, customer, 'noise_bot');
  const nights = Array.from({ length: 2 + random.below(3) }, () => Math.floor(random.between(opened, end)));
  nights.sort((a, b) => a - b);
  let isFirst = true;
  for (const night of nights)
    for (let n = 10 + random.below(15); n > 0; n--) {
      writeOrder(shop, customer, momentOf(night, 3, random.below(3600)), isFirst, {});
      isFirst = false;
    }
  writeCrawl(shop, customer);
}

function writeCrawl(shop: Shop, customer: Customer): void {
  const { random, end, opened } = shop;
  const days = Math.min(daysKept, end - opened);
  for (let n = 60 + random.below(90); n > 0; n--)
    writeVisit(
      shop,
      customer,
      momentOf(end - 1 - random.below(days), 3, random.below(3600)),
      15 + random.below(15),
    );
}

function writeTruth({ files }: Shop, { accounts }: Customer, type: string): void {
  for (const account of accounts) files.add('truth/truth', `${account},${type}`);
}

/** Writes the customer rows. Two accounts of one person share an e-mail or a phone, each written in its own way. */
function writeRegistration({ files, random, end }: Shop, customer: Customer): void {
  const { accounts, behaviour, country, created, acceptsMarketing } = customer;
  const number = files.counts.customers + 1;
  const channel = random.chance(behaviour.paidVisit)
    ? random.pick(['paid_social', 'paid_search'])
    : random.pick(['organic', 'organic', 'referral', 'email']);
  const sharesEmail = random.chance(0.5);
  const hasPhone = random.chance(0.4);
  // Typed in at the till for whoever gives no address of their own: one mailbox on many customers.
  const isAnonymous = random.chance(0.008);
  const hasEmail = random.chance(0.95);
  const digits = String(number).padStart(8, '0');
  accounts.forEach((account, i) => {
    const emailNumber = sharesEmail ? number : number + i;
    const own =
      i === 0 || !sharesEmail ? `customer${emailNumber}@example.com` : ` Customer${number}@Example.com`;
    const email =
      isAnonymous && accounts.length === 1 ? 'till@shop.example' : hasEmail || accounts.length > 1 ? own : '';
    // No country has the code 999, so none of these is anybody's number.
    const written = i === 0 ? `+999${digits}` : `+999 ${digits.slice(0, 4)} ${digits.slice(4)}`;
    const phone = accounts.length > 1 ? (sharesEmail ? '' : written) : hasPhone ? written : '';
    const at = timestamp(
      momentOf(Math.min(created + daysToSecondAccount * i, end - 1), 8, random.below(36_000)),
    );
    files.add(
      'customers',
      `${account},${email},${phone},${at},${country.code},${channel},${acceptsMarketing}`,
    );
  });
}
