/** What the hall knows of an applicant, as the beginning of an application form. */
import type { KnownValue } from '@/api/schema'

type Data = Record<string, unknown>

/** `{applicant: {...}}` from values by their paths (`applicant.telephone`), with the number and name that were asked with. */
export function withKnown(applicant: { identity: string; name: string }, values: readonly KnownValue[]): Data {
  const data: Data = {}
  put(data, 'applicant.name', applicant.name.trim())
  for (const { name, value } of values) if (name) put(data, name, value)
  return data
}

function put(data: Data, path: string, value: unknown): void {
  const parts = path.split('.')
  let place = data
  for (const part of parts.slice(0, -1)) place = (place[part] ??= {}) as Data
  place[parts.at(-1) as string] = value
}
