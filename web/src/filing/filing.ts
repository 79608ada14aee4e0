/** Filing an application: from the item to its process, that process's form, and the case. */
import { answer, client } from '@/api/client'
import type { ItemLine, Receipt } from '@/api/schema'
import type { Definition } from '@/forms/definition'

/** What an applicant is told of an item before he files. */
export interface Guide {
  code: string
  name: string
  name_en?: string
  window?: string
  conditions?: string[]
  materials?: { name: string; name_en?: string; need?: string; copies?: number; original?: boolean }[]
  promised_days?: number
  free?: boolean
  contact?: string
  process: string
}

/** Items in force whose name or code has the text in it. */
export async function findItems(text: string): Promise<ItemLine[]> {
  const query = { limit: 100, ...(text && { text }) }
  return (await answer(client.GET('/api/public/items', { params: { query } }))).items ?? []
}

export async function guideOf(code: string): Promise<Guide> {
  const item = await answer(client.GET('/api/public/items/{code}', { params: { path: { code } } }))
  return item.content as unknown as Guide
}

/** The form that starts a process; null when it needs none. */
export async function startForm(process: string): Promise<Definition | null> {
  const found = await answer(client.GET('/api/process-definitions', { params: { query: { key: process, latest: true } } }))
  const id = found.items?.[0]?.id
  if (!id) return null
  const definition = await answer(client.GET('/api/process-definitions/{definition_id}', { params: { path: { definition_id: id } } }))
  if (!definition.start_form_id) return null
  const form = await answer(client.GET('/api/forms/{form_id}', { params: { path: { form_id: definition.start_form_id } } }))
  return form.definition as unknown as Definition
}

export function file(process: string, variables: Record<string, unknown>, headers: { 'Idempotency-Key': string }): Promise<Receipt> {
  return answer(client.POST('/api/process-instances', { body: { process_key: process, variables }, headers } as never))
}
