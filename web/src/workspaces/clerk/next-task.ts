/** Which task opens when one was completed: one of the same case that is mine to do, else the next of the list. */
import { answer, client } from '@/api/client'
import type { Receipt, UserTask } from '@/api/schema'

export interface Candidate {
  id: string
  title: string
}

/** Among the tasks the receipt names, the first one that I or my groups may do. */
export function ofSameCase(receipt: Receipt, account: string, groups: readonly string[]): Candidate | null {
  const mine = (receipt.user_tasks ?? []).find(
    (task) => task.assignee === account || (!task.assignee && (task.candidate_groups ?? []).some((group) => groups.includes(group))),
  )
  return mine ? { id: mine.task_id ?? '', title: mine.title ?? '' } : null
}

/** The next task: of the same case, else the oldest that waits for me or my groups. */
export async function nextTask(receipt: Receipt, account: string, groups: readonly string[]): Promise<Candidate | null> {
  const same = ofSameCase(receipt, account, groups)
  if (same) return same
  const page = await answer(client.GET('/api/user-tasks', { params: { query: { limit: 1 } } }))
  const found: UserTask | undefined = page.items?.[0]
  return found ? { id: found.id ?? '', title: found.title ?? '' } : null
}
