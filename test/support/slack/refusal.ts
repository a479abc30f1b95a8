/** An answer of Slack's with `ok: false`. */
export class Refusal extends Error {
  readonly code: string;
  readonly more: Record<string, unknown>;
  readonly status: number;

  constructor(code: string, more: Record<string, unknown> = {}, status = 200) {
    super(code);
    this.code = code;
    this.more = more;
    this.status = status;
  }
}

export function refuse(code: string, more?: Record<string, unknown>): never {
  throw new Refusal(code, more);
}

/** The refusal of arguments, in Slack's form: which they are stands in the metadata of the response. */
export function refuseArguments(code: string, problems: string[]): never {
  throw new Refusal(code, {
    ...(code === 'invalid_blocks' ? { errors: problems } : {}),
    response_metadata: { messages: problems.map(problem => `[ERROR] ${problem}`) },
  });
}
