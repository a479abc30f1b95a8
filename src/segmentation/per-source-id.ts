/**
 * A SELECT of `customer_id` and the columns given: a row for each id that a source knows the customer by, so that a file
 * joins back to that source. Profiles may have been joined since: what is known of one follows the id that it was named
 * after, and of several that have become one person's the first by `order` counts.
 *
 * @param rows a SELECT of profile_id and the columns
 * @param order SQL over the columns, where one person may have several rows
 */
export function perSourceId(rows: string, columns: readonly string[], order = 'profile_id'): string {
  const list = columns.join(', ');
  return `
    SELECT customer_id, ${list}
    FROM (
      SELECT source, customer_id, ${list},
             row_number() OVER (PARTITION BY source, customer_id ORDER BY ${order}, profile_id) AS place
      FROM (
        SELECT i.source, i.source_id AS customer_id, known.*
        FROM (${rows}) known
        JOIN identities named ON named.source || '/' || named.source_id = known.profile_id
        JOIN identities i ON i.profile_id = named.profile_id
      ) AS each_id
    ) AS ranked
    WHERE place = 1
    ORDER BY source, customer_id`;
}
