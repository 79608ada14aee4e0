/** Filters of the work list that somebody keeps for himself, in this browser. */

export interface WorkFilter {
  scope: 'available' | 'mine' | 'claimable'
  text: string
  group: string
  light: string
  sort: 'created' | '-created' | 'due'
}

export interface SavedFilter {
  name: string
  filter: WorkFilter
}

export const EVERYTHING: WorkFilter = { scope: 'available', text: '', group: '', light: '', sort: 'created' }
const MOST = 20

function place(account: string): string {
  return `lianban.filters.${account}`
}

export function savedFilters(account: string): SavedFilter[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(account)) ?? '[]')
    return Array.isArray(kept) ? (kept as SavedFilter[]) : []
  } catch {
    return []
  }
}

/** Keep it under that name, in place of one of the same name. */
export function keepFilter(account: string, name: string, filter: WorkFilter): SavedFilter[] {
  const others = savedFilters(account).filter((saved) => saved.name !== name)
  return store(account, [...others, { name, filter: { ...filter } }].slice(-MOST))
}

export function forgetFilter(account: string, name: string): SavedFilter[] {
  return store(account, savedFilters(account).filter((saved) => saved.name !== name))
}

function store(account: string, filters: SavedFilter[]): SavedFilter[] {
  localStorage.setItem(place(account), JSON.stringify(filters))
  return filters
}
