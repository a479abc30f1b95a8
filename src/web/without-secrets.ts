/** A line of the log without tokens that came into it by whatever way; which token it was stays. */
export function withoutSecrets(line: string): string {
  return line
    .replaceAll(/\b(kin_[0-9a-f]{8}_)[0-9a-f]{16,}/gi, '$1…')
    .replaceAll(/\b(bearer)(\s+|%20)[^\s"\\]+/gi, '$1 …');
}
