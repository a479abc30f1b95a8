import type { Random } from '../../../src/demo/random.ts';

export interface Product {
  sku: string;
  name: string;
  category: string;
  /** In pence. */
  price: number;
}

export const categoryNames = [
  'coffee',
  'tea',
  'kitchen',
  'garden',
  'homeware',
  'stationery',
  'candles',
  'gifts',
];

const perCategory = 20;
const cheapest = 300;
const dearest = 15_000;

/** From the cheapest to the dearest. */
export function productsOf(category: string): Product[] {
  return Array.from({ length: perCategory }, (_, i) => ({
    sku: `${category.slice(0, 3).toUpperCase()}-${String(i + 1).padStart(2, '0')}`,
    name: `${category} ${i + 1}`,
    category,
    price: Math.round(cheapest * (dearest / cheapest) ** (i / (perCategory - 1))),
  }));
}

/** A product that costs about so many pounds. */
export function drawProduct(products: readonly Product[], pounds: number, random: Random): Product {
  const place = Math.log((100 * pounds) / cheapest) / Math.log(dearest / cheapest);
  const rank = Math.round(place * (perCategory - 1) + 1.5 * random.normal());
  return products[Math.min(perCategory - 1, Math.max(0, rank))]!;
}
