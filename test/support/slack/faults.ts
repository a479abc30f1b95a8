/** How calls go wrong: as many times as said, for one method or with '*' for all. */
export interface Fault {
  /** An answer with this error. */
  error?: string;
  more?: Record<string, unknown>;
  /** An HTTP status instead of an answer. */
  status?: number;
  /** 429, with the seconds to wait. */
  retryAfter?: number;
  /** `hang`: no answer; `cut`: the line breaks. */
  line?: 'hang' | 'cut';
  /** The call is carried out, and only its answer is lost. */
  carriedOut?: boolean;
  times?: number;
}

export interface Faults {
  add(method: string, fault: Fault): void;
  take(method: string): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { method: string; fault: Fault; left: number }[] = [];
  return {
    add(method, fault) {
      waiting.push({ method, fault, left: fault.times ?? 1 });
    },
    take(method) {
      const at = waiting.findIndex(each => each.method === method || each.method === '*');
      const found = waiting[at];
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) waiting.splice(at, 1);
      return found.fault;
    },
  };
}
