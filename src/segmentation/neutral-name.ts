const telling =
  /\b(?:customers?|buyers?|shoppers?|guests?|users?|accounts?|subscribers?|members?|people|fans?|regulars?|loyal\w*|laps(?:e|ed|ing)|lost|churn\w*|risk\w*|dormant|inactive|silent|absent\w*|away|win-?backs?|valu\w+|worth\w*|spen[dt]\w*|cheap\w*|bargain\w*|discount\w*|coupons?|pric\w+|rich\w*|wealth\w*|vips?|best|top|premium|elite|pay\w*|paid|debts?|overdue|fail\w*|return(?:s|er|ers|ing)|complain\w*|abandon\w*|singles?|couples?|famil\w+|business\w*|frequent\w*|occasional|heavy|big|small)\b/i;

/** The word by which a name for platforms of others tells of the people behind it; null where it does not. */
export function tellingWord(neutralName: string): string | null {
  return telling.exec(neutralName)?.[0] ?? null;
}
