/** What the groups of the hall are called, from its own register of windows and departments. */
import { reactive } from 'vue'
import { answer, client } from '@/api/client'

const names = reactive<Record<string, string>>({})
let asked: Promise<void> | undefined

async function load(): Promise<void> {
  const query = { limit: 200 }
  const windows = (await answer(client.GET('/api/windows', { params: { query } }))).items ?? []
  for (const window of windows) if (window.group_name) names[window.group_name] = window.name ?? window.group_name
}

/** The group's name; its code until the register has answered, or when it is not in there. */
export function groupName(group: string): string {
  asked ??= load().catch(() => undefined)
  return names[group] ?? group
}
