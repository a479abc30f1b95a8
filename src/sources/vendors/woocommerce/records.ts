/** Of WooCommerce's records what is read; amounts are decimal text. */
export interface WooOrder {
  id: number;
  number?: string;
  status: string;
  currency?: string;
  /** UTC without a zone. */
  date_created_gmt: string | null;
  date_modified_gmt: string | null;
  created_via?: string;
  /** 0 for guests. */
  customer_id: number;
  total: string;
  discount_total?: string;
  billing?: { email?: string; phone?: string; country?: string };
  coupon_lines?: readonly { code: string }[];
  line_items?: readonly WooLine[];
  /** Amounts are negative. */
  refunds?: readonly { id: number; total: string }[];
}

export interface WooLine {
  id: number;
  product_id: number;
  name?: string;
  sku?: string | null;
  quantity: number;
  /** After discounts, before tax. */
  total: string;
}

export interface WooRefund {
  id: number;
  date_created_gmt: string | null;
  /** Quantities are negative; the line that is given back is told by the meta `_refunded_item_id`. */
  line_items?: readonly {
    quantity: number;
    meta_data?: readonly { key: string; value: unknown }[];
  }[];
}

export interface WooCustomer {
  id: number;
  email?: string;
  date_created_gmt: string | null;
  billing?: { phone?: string; country?: string };
}

export interface WooProduct {
  id: number;
  categories?: readonly { name: string }[];
}
