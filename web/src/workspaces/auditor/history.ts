/** The whole history of a case, page by page. */
import { answer, client } from '@/api/client'
import type { HistoryEntry } from '@/api/schema'

/** `told` hears how many steps there are so far. */
export async function wholeHistory(instance: string, told: (entries: HistoryEntry[]) => void): Promise<HistoryEntry[]> {
  const entries: HistoryEntry[] = []
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor && { cursor }) }
    const page: { items?: HistoryEntry[]; next_cursor?: string | null } = await answer(
      client.GET('/api/process-instances/{instance_id}/history', { params: { path: { instance_id: instance }, query } }),
    )
    entries.push(...(page.items ?? []))
    cursor = page.next_cursor ?? null
    told(entries)
  } while (cursor)
  return entries
}
