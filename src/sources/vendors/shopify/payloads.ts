import { z } from 'zod';

/** What messages of the shop hold, as far as it is read. Ids are numbers, times are ISO 8601, money is decimal text. */
const id = z.union([z.number(), z.string()]).transform(String);
const text = z.string().nullish();
const address = z.object({ country_code: text }).nullish();
const said = z.object({ state: z.string().toLowerCase(), consent_updated_at: text }).nullish();
const buyer = z.object({ id }).nullish();

export const orderPayload = z.object({
  id,
  name: z.string(),
  updated_at: z.string(),
  created_at: z.string(),
  processed_at: text,
  cancelled_at: text,
  test: z.boolean().nullish(),
  financial_status: text,
  customer: buyer,
  email: text,
  phone: text,
  billing_address: address,
  shipping_address: address,
  total_price: z.string(),
  currency: z.string(),
  total_discounts: text,
  discount_codes: z.array(z.object({ code: z.string() })).nullish(),
  source_name: text,
  line_items: z.array(
    z.object({
      id,
      sku: text,
      name: z.string(),
      quantity: z.number(),
      current_quantity: z.number().nullish(),
      price: z.string(),
    }),
  ),
  refunds: z
    .array(
      z.object({
        created_at: z.string(),
        processed_at: text,
        refund_line_items: z.array(z.object({ line_item_id: id, quantity: z.number() })).nullish(),
        transactions: z
          .array(
            z.object({
              amount: z.string(),
              kind: z.string(),
              status: z.string(),
              currency: text,
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

export const customerPayload = z.object({
  id,
  created_at: z.string(),
  updated_at: z.string(),
  email: text,
  phone: text,
  default_address: address,
  email_marketing_consent: said,
  sms_marketing_consent: said,
});

export const consentPayload = z
  .object({ customer_id: id.optional(), id: id.optional() })
  .extend({ email_marketing_consent: said, sms_marketing_consent: said });

export const checkoutPayload = z.object({
  id,
  created_at: z.string(),
  updated_at: z.string(),
  customer: buyer,
  email: text,
  line_items: z.array(z.object({ sku: text })).nullish(),
});

export const gonePayload = z.object({ id });

/** Of a refund, and of an edit. */
export const ofOrderPayload = z
  .object({ order_id: id })
  .or(z.object({ order_edit: z.object({ order_id: id }) }).transform(({ order_edit }) => order_edit));

export const personPayload = z.object({
  customer: z.object({ id, email: text, phone: text }),
  data_request: z.object({ id }).nullish(),
});
