import { InputError } from '../errors.ts';

/** A request that is turned away before anything is done for it. */
export class Refusal extends InputError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    { status, headers = {} }: { status: number; headers?: Readonly<Record<string, string>> },
    message: string,
    next: string,
  ) {
    super(message, next);
    this.status = status;
    this.headers = headers;
  }
}
