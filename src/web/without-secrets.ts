/**
 * A line of the log without tokens that came into it by whatever way; which token it was stays. Addresses that Slack gave
 * to answer, upload or connect to are secrets as well: whoever has one may do so.
 *
 * @param known secrets that look like nothing in particular
 */
export function withoutSecrets(line: string, known: readonly string[] = []): string {
  return known
    .reduce((left, secret) => left.replaceAll(secret, '…'), line)
    .replaceAll(/\b(kin_[0-9a-f]{8}_)[0-9a-f]{16,}/gi, '$1…')
    .replaceAll(/\b(xox[a-z]-|xoxe\.xox[a-z]-|xapp-)[^\s"\\]+/gi, '$1…')
    .replaceAll(/\b(hooks\.slack\.com|files\.slack\.com\/upload)\/[^\s"\\]+/gi, '$1/…')
    .replaceAll(/\b(wss?:\/\/[^\s"\\?]*\?)[^\s"\\]+/gi, '$1…')
    .replaceAll(/\b(bearer)(\s+|%20)[^\s"\\]+/gi, '$1 …');
}
