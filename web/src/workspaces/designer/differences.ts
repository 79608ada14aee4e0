/** What differs between two versions, by element. */
export type Difference = 'added' | 'removed' | 'changed' | 'moved'

interface Differ {
  _added: Record<string, unknown>
  _removed: Record<string, unknown>
  _changed: Record<string, unknown>
  _layoutChanged: Record<string, unknown>
}

export interface Marks {
  /** On the older version. */
  before: Record<string, Difference>
  /** On the newer. */
  after: Record<string, Difference>
}

export function marksOf(found: Differ): Marks {
  const of = (ids: Record<string, unknown>, kind: Difference): Record<string, Difference> =>
    Object.fromEntries(Object.keys(ids).map((id) => [id, kind]))
  const both = { ...of(found._layoutChanged, 'moved'), ...of(found._changed, 'changed') }
  return { before: { ...both, ...of(found._removed, 'removed') }, after: { ...both, ...of(found._added, 'added') } }
}

/** All of them, in the order they are read. */
export function listed(marks: Marks): [id: string, Difference][] {
  const all = { ...marks.before, ...marks.after }
  const order: Difference[] = ['added', 'removed', 'changed', 'moved']
  return Object.entries(all).sort(([, one], [, other]) => order.indexOf(one) - order.indexOf(other))
}
