import type { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { toolContext } from '../../tool-context.ts';
import { inputSchema } from '../../tools/inputs/json-schema.ts';
import { tools } from '../../tools/registry.ts';
import { findTool, runTool } from '../../tools/run-tool.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { givenText } from '../given-text.ts';
import { words } from '../options.ts';
import { watchStages } from '../stages.ts';
import { toolResultView, toolsView } from '../views/tool.ts';

interface ToolOptions {
  by?: string;
  data?: string;
  json?: boolean;
}

const examples = `
Examples:
  kindred tool shop_overview
  kindred tool show_segment '{"segment":"lapsed-but-recoverable"}'
  kindred tool build_audience @filter.json --json`;

/** What a language model can call, for people: the same tools, the same results. */
export function registerTools(program: Command, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('tools')
    .description('list what a language model can ask of Kindred')
    .option('--json', 'print the definitions as JSON, as a model reads them')
    .action(({ json }: { json?: boolean }) => {
      if (json) printJson(context, tools.map(definitionOf));
      else terminal.out(toolsView(tools, terminal.columns));
    });

  const command = program
    .command('tool')
    .description('call one of the tools, and see what a model would see')
    .argument('<name>', 'the name that `kindred tools` lists')
    .argument('[input]', 'its input as JSON, @FILE, or - for standard input (default: {})')
    .option('--by <name>', 'who asks (default: your user name on this machine)', words)
    .addHelpText('after', examples);
  reading(command).action(
    async (name: string, given: string | undefined, { by, data, json }: ToolOptions) => {
      findTool(name);
      const input = given === undefined ? {} : parsed(await givenText(terminal, given, 'input'));
      const actor = decider(terminal, by);
      await besideOthers(context, 'tool', data, async (app, signal) => {
        const { progress, finish } = watchStages(terminal);
        const tools = await toolContext(app, { actor, role: 'analyst', progress, signal });
        const { tool, output } = await runTool(tools, name, input);
        finish();
        if (json) printJson(context, output);
        else terminal.out(toolResultView(tool, output, terminal.columns));
      });
    },
  );
}

function definitionOf(tool: (typeof tools)[number]) {
  const { name, title, description, effect, role } = tool;
  return { name, title, description, effect, role, input: inputSchema(tool) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(
      'The input is not JSON.',
      `Write it like '{"segment":"loyal-regulars"}'; \`kindred tools --json\` says what each tool takes.`,
    );
  }
}
