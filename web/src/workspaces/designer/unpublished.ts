/** What a designer has drawn and not published yet: kept in the browser, so that a closed tab or a lost session loses nothing. */

export interface Unpublished {
  at: string
  xml: string
}

function place(account: string, key: string): string {
  return `lianban.unpublished.${account}.${key}`
}

/** A browser that has no room left keeps the work on the screen and says nothing. */
export function keepUnpublished(account: string, key: string, work: Unpublished): void {
  try {
    localStorage.setItem(place(account, key), JSON.stringify(work))
  } catch {
    forgetUnpublished(account, key)
  }
}

export function unpublished(account: string, key: string): Unpublished | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place(account, key)) ?? 'null') as Partial<Unpublished> | null
    return kept?.xml && kept.at ? { at: kept.at, xml: kept.xml } : null
  } catch {
    return null
  }
}

export function forgetUnpublished(account: string, key: string): void {
  localStorage.removeItem(place(account, key))
}
