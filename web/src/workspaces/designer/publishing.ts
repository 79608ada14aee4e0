/** Definitions read, checked and published. */
import { ask, send } from '@/api/client'
import type { Definition } from '@/api/schema'

export type Kind = 'process' | 'decision' | 'form'

export interface Finding {
  field: string
  code: string
  severity: 'error' | 'warning'
  detail: string
  element_name?: string
  suggestion?: string
  needs_reason?: boolean
}

export interface Result {
  id: string | null
  deployable: boolean
  resources: { kind: string; key: string; version: number; id: string; name: string; created: boolean }[]
  findings: Finding[]
}

export interface RunningVersion {
  id: string
  version: number
  running: number
}

const LISTS: Record<Kind, string> = {
  process: '/api/process-definitions',
  decision: '/api/decision-definitions',
  form: '/api/forms',
}
const ENDINGS: Record<Kind, string> = { process: 'bpmn', decision: 'dmn', form: 'form' }

/** Latest versions, or all versions of one key, newest first. */
export async function definitions(kind: Kind, key = ''): Promise<Definition[]> {
  const query = key ? { key, latest: false, limit: 200 } : { latest: true, limit: 200 }
  const found: Definition[] = []
  let cursor: string | null = null
  do {
    const page: { items: Definition[]; next_cursor: string | null } = await ask('GET', LISTS[kind], { query: { ...query, cursor } })
    found.push(...page.items)
    cursor = page.next_cursor
  } while (cursor)
  return key ? found.reverse() : found
}

export async function source(kind: Kind, id: string): Promise<string> {
  if (kind === 'form') return JSON.stringify((await ask<{ definition: unknown }>('GET', `${LISTS.form}/${id}`)).definition)
  return (await send(new URL(`${LISTS[kind]}/${id}/xml`, location.origin))).text()
}

export function running(id: string): Promise<RunningVersion[]> {
  return ask('GET', `${LISTS.process}/${id}/running-versions`)
}

export function fileName(kind: Kind, key: string): string {
  return `${key}.${ENDINGS[kind]}`
}

/** Send the file to be checked only, or to be published. */
export async function submit(name: string, content: string, query: { check: boolean; reason?: string }, headers: Record<string, string> = {}): Promise<Result> {
  const form = new FormData()
  form.append('files', new Blob([content]), name)
  const address = new URL('/api/deployments', location.origin)
  if (query.check) address.searchParams.set('check', 'true')
  if (query.reason) address.searchParams.set('override_reason', query.reason)
  return (await send(address, { method: 'POST', body: form, headers })).json() as Promise<Result>
}

/** The element a finding is about: 'licence.bpmn#review' is about 'review'. */
export function elementOf(finding: Finding): string {
  return finding.field.includes('#') ? finding.field.slice(finding.field.lastIndexOf('#') + 1) : ''
}

/** The worst finding of each element. */
export function worst(findings: readonly Finding[]): Record<string, Finding['severity']> {
  const found: Record<string, Finding['severity']> = {}
  for (const finding of findings) {
    const element = elementOf(finding)
    if (element && found[element] !== 'error') found[element] = finding.severity
  }
  return found
}
