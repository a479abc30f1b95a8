import type { Described } from '../../src/agent/checks/check.ts';
import type { PersonaDraft } from '../../src/agent/tasks/naming/draft.ts';
import type { FactSheet } from '../../src/agent/tasks/naming/fact-sheet.ts';
import { factSheets } from '../../src/agent/tasks/naming/fact-sheets.ts';
import { draftOfPersona } from '../../src/agent/tasks/naming/personas.ts';
import type { Model } from '../../src/segmentation/model.ts';
import type { CaseFilter } from '../task.ts';
import { edgeCases } from './edge-cases.ts';
import { modelOf, type Profile, readProfiles } from './profile.ts';

/** Segments to be named, with what a model is told of them. */
export interface NamingCase {
  id: string;
  about: string;
  source: Profile['source'];
  model: Model;
  sheets: FactSheet[];
}

/** Real shops, made ones and the edges, by id. */
export async function namingCases(wanted: CaseFilter = () => true): Promise<NamingCase[]> {
  const stored = await readProfiles();
  const shop = stored.find(({ id }) => id === 'made-shop')!;
  return [...stored, ...edgeCases(shop)]
    .filter(({ id }) => wanted(id))
    .map(profile => {
      const model = modelOf(profile);
      const { id, about, source } = profile;
      return { id, about, source, model, sheets: factSheets(model) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The deterministic texts of a case, as a model would have given them. */
export function deterministicDrafts({ model, sheets }: NamingCase): Described[] {
  return sheets.map(sheet => ({
    sheet,
    draft: draftOfPersona(model.segments.find(({ key }) => key === sheet.key)!.persona, sheet),
  }));
}

/** Drafts beside the sheets that they were written from; those of segments that are no more are left out. */
export function described(drafts: readonly PersonaDraft[], { sheets }: NamingCase): Described[] {
  return sheets.flatMap(sheet => {
    const draft = drafts.find(({ key }) => key === sheet.key);
    return draft ? [{ sheet, draft }] : [];
  });
}
