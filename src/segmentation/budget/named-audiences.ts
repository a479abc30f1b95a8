import { InputError } from '../../errors.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { findAudience } from '../audiences/build-audience.ts';
import type { Filter } from '../audiences/filter/filter.ts';
import { isStandingQuestion, standingFilter, standingQuestions } from '../audiences/standing/questions.ts';
import { currentModel } from '../current.ts';

/** An audience as a person named it, and who is meant. */
export interface NamedAudience {
  /** Its handle, the id of a standing question, or the key of a segment. */
  id: string;
  name: string;
  filter: Filter;
}

/** By handle, by standing question or by segment, in the order given; all segments where none is named. */
export async function namedAudiences(
  stores: { warehouse: Warehouse; state: State },
  ids: readonly string[],
): Promise<NamedAudience[]> {
  const { segments } = await currentModel(stores.state);
  const segment = (key: string, name: string) => ({ id: key, name, filter: { segment: key } });
  if (ids.length === 0) return segments.map(({ key, persona }) => segment(key, persona.name));
  const named: NamedAudience[] = [];
  for (const id of new Set(ids)) {
    if (/^a-[0-9a-f]+$/.test(id)) {
      const { handle, name, filter } = await findAudience(stores.state, id);
      named.push({ id: handle, name, filter });
    } else if (isStandingQuestion(id)) {
      const { name, filter } = await standingFilter(stores, id);
      named.push({ id, name, filter });
    } else {
      const found = segments.find(({ key }) => key === id);
      if (!found)
        throw new InputError(
          `"${id}" is no audience, standing question or segment.`,
          `Give a handle from \`kindred audience list\`, one of ${standingQuestions.map(question => question.id).join(', ')}, or a segment: ${segments.map(({ key }) => key).join(', ')}.`,
        );
      named.push(segment(found.key, found.persona.name));
    }
  }
  return named;
}
