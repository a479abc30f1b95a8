import { run } from '../../src/cli/program.ts';

/** The commands that there are, as the help lists them. */
export const commandNames: ReadonlySet<string> = await listed();

async function listed(): Promise<Set<string>> {
  let help = '';
  await run(['--help'], {
    env: {},
    cwd: process.cwd(),
    user: 'eval',
    now: () => new Date(0),
    out: text => {
      help += text;
    },
    err: () => {},
    interactive: false,
    columns: 100,
  });
  const from = help.indexOf('Commands:');
  return new Set([...help.slice(from).matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name!));
}
