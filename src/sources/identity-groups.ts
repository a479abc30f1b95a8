/** One id that carries a key which other ids carry too. 'own id': the key is the id itself. */
export interface SharedKey {
  kind: 'email' | 'phone' | 'id' | 'own id';
  key: string;
  source: string;
  id: string;
}

/** An id that belongs to a profile with others. */
export interface Joined {
  source: string;
  id: string;
  profile: string;
  reason: string;
}

interface Id {
  source: string;
  id: string;
  /** Both together. */
  name: string;
}

interface Group {
  kind: 'email' | 'phone' | 'id';
  members: Id[];
}

/**
 * The connected components of ids that share a key. The profile is named after the least id, by source and then id;
 * the reason of every other names an id that it shares a key with and that lies nearer to the least. A key that more
 * than `mostOfOneSource` ids of one source carry joins nothing. Nothing depends on the order of the rows.
 */
export function joinIdentities(shared: readonly SharedKey[], mostOfOneSource: number): Joined[] {
  const groups = groupByKey(shared).filter(group => !isCrowded(group, mostOfOneSource));
  const groupsOf = new Map<string, Group[]>();
  for (const group of groups) {
    for (const member of group.members) {
      const known = groupsOf.get(member.name);
      if (known) known.push(group);
      else groupsOf.set(member.name, [group]);
    }
  }
  const all = new Map(groups.flatMap(group => group.members).map(member => [member.name, member]));
  const seen = new Set<string>();
  const joined: Joined[] = [];
  for (const least of [...all.values()].sort(byId)) {
    if (!seen.has(least.name)) joined.push(...reach(least, groupsOf, seen));
  }
  return joined;
}

/** Breadth first from the least id; stronger kinds of keys first. Adds what it reaches to `seen`. */
function reach(least: Id, groupsOf: ReadonlyMap<string, readonly Group[]>, seen: Set<string>): Joined[] {
  const { source, id, name: profile } = least;
  const reached = [least];
  const rows: Joined[] = [{ source, id, profile, reason: 'own id' }];
  seen.add(profile);
  const done = new Set<Group>();
  for (const from of reached) {
    for (const group of groupsOf.get(from.name) ?? []) {
      if (done.has(group)) continue;
      done.add(group);
      for (const member of group.members) {
        if (seen.has(member.name)) continue;
        seen.add(member.name);
        reached.push(member);
        const reason = `same ${labels[group.kind]} as ${from.name}`;
        rows.push({ source: member.source, id: member.id, profile, reason });
      }
    }
  }
  return rows;
}

const labels = { id: 'id', email: 'e-mail', phone: 'phone' } as const;
const strength = ['id', 'email', 'phone'];

function groupByKey(shared: readonly SharedKey[]): Group[] {
  const rows = new Map<string, SharedKey[]>();
  for (const row of shared) {
    const name = `${row.kind === 'own id' ? 'id' : row.kind}\n${row.key}`;
    const known = rows.get(name);
    if (known) known.push(row);
    else rows.set(name, [row]);
  }
  return [...rows.entries()]
    .map(([name, carriers]) => {
      const kind = name.slice(0, name.indexOf('\n')) as Group['kind'];
      return { name, kind, members: (kind === 'id' ? sameId(carriers) : carriers).map(named).sort(byId) };
    })
    .filter(group => group.members.length > 1)
    .sort((a, b) => strength.indexOf(a.kind) - strength.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
}

/**
 * Ids that name the same foreign id belong together, and to the customer who has it as own id. Where several other
 * sources use that id for customers of their own, it does not tell which is meant.
 */
function sameId(carriers: readonly SharedKey[]): SharedKey[] {
  const naming = carriers.filter(row => row.kind === 'id');
  const namers = new Set(naming.map(row => row.source));
  const owners = carriers.filter(row => row.kind === 'own id' && !namers.has(row.source));
  return owners.length === 1 ? [...naming, owners[0]!] : naming;
}

function isCrowded(group: Group, most: number): boolean {
  const counts = new Map<string, number>();
  for (const { source } of group.members) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts.values()].some(count => count > most);
}

function named({ source, id }: SharedKey): Id {
  return { source, id, name: `${source}/${id}` };
}

function byId(a: Id, b: Id): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return 0;
}
