const money = (field: string) => `${field} { shopMoney { amount currencyCode } }`;

const customer = `
  id updatedAt createdAt
  defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }
  defaultPhoneNumber { phoneNumber smsMarketingConsent { state updatedAt } }
  defaultAddress { countryCodeV2 }`;

/** Without what refunds took back line by line: bulk operations refuse a connection in a list. */
const order = `
  id name updatedAt processedAt cancelledAt test edited displayFinancialStatus
  customer { id }
  email phone
  billingAddress { countryCodeV2 }
  shippingAddress { countryCodeV2 }
  ${money('totalPriceSet')}
  ${money('totalDiscountsSet')}
  ${money('totalRefundedSet')}
  discountCodes sourceName
  app { name }
  refunds { id processedAt ${money('totalRefundedSet')} }`;

const line = `
  id sku name quantity currentQuantity
  ${money('originalUnitPriceSet')}
  product { productType }`;

const checkout = 'id updatedAt createdAt customer { id }';

const checkoutLine = 'id sku product { productType }';

const edges = (selection: string) => `edges { node { ${selection} } }`;

/** One kind of record, asked for in bulk and page by page with the same fields. */
export interface Documents {
  /** A whole query, as a bulk operation takes it. */
  bulk: (filter: string) => string;
  /** Takes $first, $after and $filter; answers as `page`. */
  paged: string;
}

function documents(field: string, sortKey: string, fields: string, lines: string, inPage: number): Documents {
  // JSON's strings are GraphQL's.
  const where = (filter: string) => (filter === '' ? '' : `(query: ${JSON.stringify(filter)})`);
  const inBulk = lines === '' ? '' : `lineItems { ${edges(lines)} }`;
  const paged =
    lines === ''
      ? ''
      : `lineItems(first: ${inPage}) { nodes { ${lines} } pageInfo { hasNextPage endCursor } }`;
  return {
    bulk: filter => `{ ${field}${where(filter)} { ${edges(`${fields} ${inBulk}`)} } }`,
    paged: `query Page($first: Int!, $after: String, $filter: String!) {
      page: ${field}(first: $first, after: $after, query: $filter, sortKey: ${sortKey}) {
        nodes { ${fields} ${paged} }
        pageInfo { hasNextPage endCursor }
      }
    }`,
  };
}

export const customerDocuments = documents('customers', 'UPDATED_AT', customer, '', 0);
export const orderDocuments = documents('orders', 'UPDATED_AT', order, line, 50);
/** There is no order by time of change; all that changed is read to the end in any case. */
export const checkoutDocuments = documents('abandonedCheckouts', 'ID', checkout, checkoutLine, 1);

export const oneOrder = `
  query OneOrder($id: ID!) {
    order(id: $id) { ${order} lineItems(first: 50) { nodes { ${line} } pageInfo { hasNextPage endCursor } } }
  }`;

export const moreLines = `
  query MoreLines($id: ID!, $after: String!) {
    order(id: $id) { lineItems(first: 100, after: $after) { nodes { ${line} } pageInfo { hasNextPage endCursor } } }
  }`;

const returns = 'nodes { quantity lineItem { id } } pageInfo { hasNextPage endCursor }';

export const refundsOf = `
  query RefundsOf($ids: [ID!]!) {
    nodes(ids: $ids) { ... on Order { id refunds { id processedAt refundLineItems(first: 50) { ${returns} } } } }
  }`;

export const moreReturns = `
  query MoreReturns($id: ID!, $after: String!) {
    node(id: $id) { ... on Refund { refundLineItems(first: 100, after: $after) { ${returns} } } }
  }`;

export const runBulk = `
  mutation RunBulk($query: String!) {
    bulkOperationRunQuery(query: $query) { bulkOperation { id createdAt } userErrors { code message } }
  }`;

export const bulkState = `
  query BulkState($id: ID!) {
    bulkOperation(id: $id) { id status errorCode createdAt objectCount rootObjectCount fileSize url }
  }`;

export const runningBulks = `
  query RunningBulks {
    bulkOperations(first: 20, sortKey: CREATED_AT, reverse: true, query: "operation_type:query") {
      nodes { id status query createdAt }
    }
  }`;
