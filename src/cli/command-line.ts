import { Command, CommanderError } from 'commander';
import { formatError } from '../errors.ts';
import type { CommandContext } from './context.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** Adds a command to the program. */
export type Register = (program: Command, context: CommandContext) => void;

/**
 * Runs one command line with the commands that are there, and returns its exit code.
 *
 * @param run the whole program, for commands that run others
 */
export async function runCommandLine(
  commands: readonly Register[],
  args: readonly string[],
  terminal: Terminal,
  run: CommandContext['run'],
): Promise<number> {
  let code: number = exitCodes.done;
  const context: CommandContext = {
    terminal,
    args,
    run,
    exit: given => {
      code = given;
    },
  };
  const program = buildProgram(commands, context);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.err(`\nkindred: ${formatError(error)}\n`);
    return exitCodes.failed;
  }
}

function buildProgram(commands: readonly Register[], context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('kindred')
    .description('Finds the groups of customers who behave alike, and names them.')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => terminal.columns,
    })
    .showHelpAfterError('Run `kindred --help` to see the commands, or `kindred COMMAND --help` for one.')
    .addHelpText(
      'after',
      `
First steps:
  kindred start                       see it work on a real shop's orders
  kindred import orders.csv           bring in your own files, or a whole folder
  kindred readiness                   see what your data can carry
  kindred segment                     find the groups
  kindred segments                    read them
  kindred ask "who are our lapsed but recoverable customers?"
                                      ask in plain words
  kindred refresh                     a week later: who moved, and what drifted
  kindred predictions                 what to expect of each segment, and how far to believe it
  kindred audience lapsed-but-recoverable
                                      a question answered with people, to export
  kindred report                      the same as a page for the browser

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no stable groups here.`,
    );
  for (const register of commands) register(program, context);
  // Sub-commands made with .command() inherit these; nested ones are reached through their parents.
  return program;
}
