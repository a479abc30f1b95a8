/** What a long-running use case tells its caller while it works. */
export interface ProgressEvent {
  /** Names the work to a person: "Reading orders.csv". A new name ends the stage before it. */
  stage: string;
  /** Units done of `total`. */
  done?: number;
  total?: number;
  /** Rows that the stage has handled, where it handles rows. */
  rows?: number;
}

export type Progress = (event: ProgressEvent) => void;

export const silent: Progress = () => {};
