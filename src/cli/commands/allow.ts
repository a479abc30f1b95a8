import { type Command, Option } from 'commander';
import { InputError } from '../../errors.ts';
import { featureById } from '../../features/catalogue.ts';
import { allowing, type Condition, conditions } from '../../governance/allowing.ts';
import { allowedBy, type LawfulBasis, lawfulBases } from '../../governance/decisions.ts';
import { type CommandContext, inApp, withData } from '../context.ts';
import { decider, deciding, reasonOption } from '../decision.ts';
import { wrap } from '../views/text.ts';

interface AllowOptions {
  basis: LawfulBasis;
  condition?: Condition;
  by?: string;
  reason: string;
  data?: string;
}

/** Records a person's decision; without one a sensitive feature never enters a recipe, nor a blocked one again. */
export function registerAllow(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('allow')
    .description('record the decision that a sensitive or blocked feature may be used')
    .argument('<feature>', 'its id, as `kindred features` lists it')
    .addOption(
      new Option('--basis <basis>', 'the lawful basis (article 6 of the GDPR)')
        .choices(lawfulBases)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--condition <condition>',
        'for what tells of a special category: the condition of article 9 that holds',
      ).choices(Object.keys(conditions)),
    )
    .requiredOption(...reasonOption);
  withData(deciding(command)).action(async (id: string, options: AllowOptions) => {
    const by = decider(terminal, options.by);
    const feature = featureById(id);
    if (!feature)
      throw new InputError(
        `There is no feature "${id}".`,
        'See `kindred features` for the catalogue; a name that was blocked is released with `kindred block NAME --release`.',
      );
    const { basis, condition, reason } = options;
    await inApp(context, 'allow', options.data, async app => {
      const state = await app.state();
      const plain = feature.sensitivity === 'none';
      if (plain && allowedBy(await state.decisions.list(), feature)) {
        terminal.out(`"${feature.label}" is neither sensitive nor blocked: it needs no decision.\n`);
        return;
      }
      const at = app.now().toISOString();
      await state.decisions.record(allowing(feature, { basis, condition, by, reason, at }));
      terminal.out(
        `${wrap(`Recorded: "${feature.label}" may be used in filters from now on, and in segments from the next \`kindred segment\` or \`kindred recluster\` on.`, terminal.columns)}\n`,
      );
    });
  });
}
