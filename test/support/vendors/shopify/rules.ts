import { graphql } from './graphql.ts';

const { NoDeprecatedCustomRule, specifiedRules } = graphql;

/** The rules of GraphQL, and none of what the vendor calls deprecated. */
export const rules = [...specifiedRules, NoDeprecatedCustomRule];
