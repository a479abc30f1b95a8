import { OperatorError } from '../errors.ts';

interface Trouble {
  pattern: RegExp;
  says: (message: string) => string;
  next: string;
}

/** Runs a DuckDB call and tells an operator's trouble (lock, disk, memory, file) from a defect in the SQL. */
export async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asOperatorError(error, troubles);
  }
}

/** As `attempt`, for opening the warehouse: here what is damaged is its file, elsewhere it may be one that is read. */
export async function attemptOpening<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw asOperatorError(error, [damage, ...troubles]);
  }
}

function asOperatorError(error: unknown, known: readonly Trouble[]): unknown {
  const message = error instanceof Error ? error.message : String(error);
  // These quote the SQL or the data, which may say anything.
  if (/^(Conversion|Invalid Input|Parser|Binder|Catalog|Constraint) Error/.test(message)) return error;
  const trouble = known.find(({ pattern }) => pattern.test(message));
  if (!trouble) return error;
  return new OperatorError(trouble.says(message.split('\n')[0]!), trouble.next, { cause: error });
}

const damage: Trouble = {
  pattern: /not a valid DuckDB database|version number|corrupt|checksum|serialization error|enough bytes/i,
  says: message => `The warehouse file cannot be read: ${message}`,
  next: 'It is damaged, or a newer Kindred wrote it. Restore it from a backup, or import into a new folder with --data.',
};

/** The first that matches wins: a failed write may be told inside another message. */
const troubles: readonly Trouble[] = [
  { ...damage, pattern: /corrupt database file/i },
  {
    pattern: /could not set lock|conflicting lock/i,
    says: () => 'The warehouse file is open in another process.',
    next: 'Close the other kindred command, or give this one its own folder with --data.',
  },
  {
    pattern:
      /no space left|disk (is )?full|file too large|write file|could not write|max_temp_directory_size/i,
    says: message => `The disk would not take the data: ${message}`,
    next: 'Free some space and run the command again; nothing that was stored before is lost.',
  },
  {
    pattern: /out of memory|failed to (allocate|pin)/i,
    says: () => 'The memory limit was reached.',
    next: 'Raise KINDRED_MEMORY_MB, or free disk space so that work can spill.',
  },
  {
    pattern: /database has been invalidated/i,
    says: () => 'The warehouse stopped after a failed write.',
    next: 'See the error before this one and mend its cause. Run the command again; start `kindred serve` anew where it runs.',
  },
  {
    pattern: /cannot open file|permission denied|is a directory|failed to open|could not read|read-only/i,
    says: message => `A file cannot be opened: ${message}`,
    next: 'Check that its folder exists and that you may read and write it.',
  },
];
