import type { Field } from '../fields.ts';
import type { ResolvedClause } from '../resolved.ts';
import { isCustomer } from '../vocabulary.ts';
import { buyer, inRange, isOneOf, type Query } from './query.ts';

type FieldClause = Extract<ResolvedClause, { field: Field }>;

/** The condition of a clause about a value of the customer; never NULL. */
export function compileField(clause: FieldClause, query: Query): string {
  const { field } = clause;
  if (field.kind === 'attribute') return compileAttribute(clause, query);
  const row = field.kind === 'feature' ? buyer : query.known();
  const value = presentValue(`${row}.${field.id}`, field);
  switch (clause.kind) {
    case 'number':
      return inRange(value, clause.range, query);
    case 'yes-no':
      return `coalesce(${value} = ${clause.is ? 1 : 0}, FALSE)`;
    case 'text': {
      const said = isOneOf(value, clause.words.values, query);
      return `coalesce(${clause.except ? `NOT ${said}` : said}, FALSE)`;
    }
    case 'known':
      return `${value} IS ${clause.known ? 'NOT NULL' : 'NULL'}`;
  }
}

/** What is no number and what is blank are no value. */
function presentValue(column: string, { type }: Field): string {
  return type === 'text' ? `NULLIF(${column}, '')` : `NULLIF(${column}, CAST('NaN' AS DOUBLE PRECISION))`;
}

/**
 * Sources may each have a record of the same customer. A word is met where one record says it; marketing is accepted
 * where no record says otherwise.
 */
function compileAttribute(clause: FieldClause, query: Query): string {
  const { id, type } = clause.field;
  const known = type === 'text' ? `${id} <> ''` : `${id} IS NOT NULL`;
  const rows = (condition: string, rule: 'min' | 'max') =>
    query.join(`SELECT profile_id, ${rule}(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS said FROM customers
  WHERE profile_id IS NOT NULL AND ${isCustomer} AND ${known} GROUP BY profile_id`);
  switch (clause.kind) {
    case 'text': {
      const name = rows(isOneOf(id, clause.words.values, query), 'max');
      return `coalesce(${name}.said = ${clause.except ? 0 : 1}, FALSE)`;
    }
    case 'yes-no':
      return `coalesce(${rows(id, 'min')}.said = ${clause.is ? 1 : 0}, FALSE)`;
    case 'known':
      return `${rows('TRUE', 'max')}.profile_id IS ${clause.known ? 'NOT NULL' : 'NULL'}`;
    case 'number':
      throw new Error(`No attribute is a number: ${id}.`);
  }
}
