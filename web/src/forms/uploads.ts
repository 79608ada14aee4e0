/** Files of a form go to the server first; the form's data then names them by the ids they got there. */
import { send } from '@/api/client'

export type Files = Map<string, File[]>

/** The data with each file key of form-js replaced by the id of the uploaded file; by their ids where several may be chosen. */
export async function uploaded(
  data: Record<string, unknown>,
  files: Files,
  several: ReadonlySet<string>,
): Promise<Record<string, unknown>> {
  const ids = new Map<string, string | string[]>()
  for (const [key, chosen] of files) {
    const given = await Promise.all(chosen.map(upload))
    ids.set(key, several.has(key) ? given : (given[0] as string))
  }
  return replaced(data, ids) as Record<string, unknown>
}

async function upload(file: File): Promise<string> {
  const body = new FormData()
  body.append('files', file)
  const answer = await send(new URL('/api/attachments', location.origin), { method: 'POST', body })
  const { items } = (await answer.json()) as { items: { id: string }[] }
  return (items[0] as { id: string }).id
}

/** Every value that is a key becomes what it stands for. */
export function replaced(value: unknown, ids: ReadonlyMap<string, string | string[]>): unknown {
  if (typeof value === 'string' && ids.has(value)) return ids.get(value)
  if (Array.isArray(value)) return value.map((entry) => replaced(entry, ids))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, replaced(entry, ids)]))
  }
  return value
}
