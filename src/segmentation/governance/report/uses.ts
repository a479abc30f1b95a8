import { featureById } from '../../../features/catalogue.ts';
import { code, plain } from '../../markdown.ts';
import type { Model } from '../../model.ts';
import { scores } from '../../predictions/scores.ts';
import { keptOutOf } from '../../triggers/refuse-kept-out.ts';
import { ruleWords } from '../../triggers/rule-words.ts';
import { formatCount, listed } from '../../wording.ts';
import type { ReportFacts } from './facts.ts';
import { blank, rowCount, section, table } from './markdown.ts';

const basis = blank('lawful basis, article 6');

/** What the data is used for; the lawful basis of a purpose is the controller's to say. */
export function usesSection(facts: ReportFacts): string {
  const { model, audiences, triggers, exports, answers } = facts;
  return section(
    '2. What it is used for, and on which lawful basis',
    'Kindred records a lawful basis where a person allows a sensitive or blocked feature (section 5). The basis of each purpose below is for the controller to state; for legitimate interests that takes an assessment that weighs them against the interests of the people concerned, and people may always object to profiling for direct marketing (article 21(2)).',
    table(
      ['Purpose', 'Data', 'Result', 'Here', 'Lawful basis'],
      [
        [
          'Segments: groups of customers who behave alike',
          'features of each buyer (below)',
          'each buyer belongs to a group, with a confidence',
          model ? `${formatCount(model.segments.length)} segments, as of ${model.describedAsOf}` : 'not yet',
          basis,
        ],
        [
          'Predictions of orders, value and leaving',
          'orders and order lines',
          `scores of each buyer: ${listed(
            scores
              .filter(({ unit }) => unit !== 'text')
              .slice(0, 3)
              .map(({ label }) => label),
          )}, and others; a favourite category and a product due again`,
          model ? 'with each refresh' : 'not yet',
          basis,
        ],
        [
          'Audiences: who to write to',
          'segments, features, scores, orders, events',
          'a saved question; who meets it is looked up when it is asked',
          audiences.length === 0 ? 'none saved' : `${formatCount(audiences.length)} saved`,
          basis,
        ],
        [
          'Triggers: who did something of late',
          'events and orders',
          'who met a rule, and from when until when',
          triggers.length === 0 ? 'none' : formatCount(triggers.length),
          basis,
        ],
        [
          'Files of people for campaigns and advertising platforms',
          'ids, e-mail addresses, segments, scores',
          'a file that its receiver answers for',
          exports.length === 0 ? 'none recorded' : `${formatCount(exports.length)} recorded`,
          basis,
        ],
        [
          'Texts and answers by a language model',
          'aggregates only (section 3)',
          'names, explanations, proposals',
          answers.length === 0 ? 'not used yet' : `${formatCount(answers.length)} requests`,
          blank('not personal data, or lawful basis'),
        ],
      ],
      '',
    ),
    byItself(facts),
    model ? featuresOf(model) : '',
    ...saved(facts),
  );
}

function byItself({ setup: { refreshSchedule, reclusterSchedule, takesEvents } }: ReportFacts): string {
  const schedules = [
    ...(refreshSchedule === null ? [] : [`scores everybody anew by the schedule \`${refreshSchedule}\``]),
    ...(reclusterSchedule === null
      ? []
      : [`looks for segments anew by the schedule \`${reclusterSchedule}\``]),
    ...(takesEvents ? ['takes events as they happen'] : []),
  ];
  return schedules.length === 0 ? '' : `While \`kindred serve\` runs, it ${listed(schedules)}.`;
}

function featuresOf(model: Model): string {
  const rows = model.recipe.features.map(({ id, weight }) => {
    const feature = featureById(id);
    return [
      `\`${id}\``,
      feature?.label ?? '',
      [
        ...new Set(feature?.needs.flatMap(need => need.split('|')).map(need => `\`${need.split('.')[0]}\``)),
      ].join(', '),
      String(weight),
      feature?.sensitivity === 'none' ? '' : (feature?.sensitivity ?? 'no longer known'),
    ];
  });
  const mix = model.embedding
    ? `What people buy counts as well: ${formatCount(model.embedding.terms.length)} names of ${model.embedding.of === 'category' ? 'categories' : 'products'}, none of which was bought by fewer than ten customers.`
    : 'What people buy (names of categories and products) does not count.';
  return [
    `### Features behind the segments\n`,
    `Model ${model.id}, fingerprint \`${model.fingerprint.slice(0, 16)}\`, found as of ${model.asOf}. ${mix}\n`,
    table(
      ['Feature', 'What it says', 'Read from', 'Weight', 'Sensitive'],
      rows,
      'None: the segments are classical RFM cells.',
    ),
  ].join('\n');
}

function saved({ audiences, triggers, exports, review }: ReportFacts): string[] {
  const parts: string[] = [];
  const blocked = review.blockedTerms.map(({ term }) => term);
  if (audiences.length > 0)
    parts.push(
      '### Saved audiences',
      table(
        ['Audience', 'Goes by', 'Saved'],
        audiences.map(({ handle, name, filter, createdAt, createdBy }) => [
          `${plain(name)} (\`${handle}\`)`,
          askedFor(filter),
          `${createdAt.slice(0, 10)} by ${plain(createdBy)}`,
        ]),
        '',
      ),
    );
  if (triggers.length > 0)
    parts.push(
      '### Triggers',
      table(
        ['Trigger', 'Rule', 'Made', 'Goes by what is kept out'],
        triggers.map(({ id, name, rule, createdAt, createdBy }) => [
          `${plain(name)} (\`${id}\`)`,
          plain(cut(ruleWords(rule))),
          `${createdAt.slice(0, 10)} by ${plain(createdBy)}`,
          keptOutOf(rule, [], blocked).length > 0 ? 'yes: it was made before that was kept out' : 'no',
        ]),
        '',
      ),
    );
  parts.push(
    '### Files of people that were written',
    table(
      ['Date', 'By', 'What', 'Rows', 'File'],
      exports.map(({ at, actor, action, subject, details }) => [
        at.slice(0, 10),
        plain(actor),
        `${plain(action.split('.')[0]!)} ${plain(String(details.name ?? subject))}`,
        typeof details.rows === 'number' ? rowCount(details.rows) : '',
        plain(String(details.file ?? '')),
      ]),
      'None is recorded.',
    ),
    `Who received them, and on which terms: ${blank('recipients, processors, transfers to other countries')} Files of whole segments (\`kindred export\`) are not recorded by this version.`,
  );
  return parts;
}

/** What a filter goes by, without the names that it says: fields, and the other kinds of clauses. */
function askedFor(filter: unknown): string {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'field' && typeof inner === 'string') found.add(inner);
      else if (['segment', 'moved', 'orders', 'events'].includes(key)) found.add(key);
      walk(inner);
    }
  };
  walk(filter);
  return [...found].sort().map(code).join(', ');
}

const cut = (text: string) => (text.length > 300 ? `${text.slice(0, 299)}…` : text);
