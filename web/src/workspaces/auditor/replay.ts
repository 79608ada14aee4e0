/** A case replayed from its history: where its tokens were after each step, and which flows they took in it. */
import type { ElementState, HistoryEntry } from '@/api/schema'

interface ReplayEvent {
  event: string
  process_key?: string
  element_id?: string
  token_id?: string
  flow_id?: string | null
  from_element_id?: string
  visible?: boolean
  incident_id?: string
}

/** By process, then by element. */
export type Standing = Record<string, Record<string, ElementState>>

export interface Move {
  process: string
  flow: string
}

export function eventsOf(entry: HistoryEntry): ReplayEvent[] {
  return (entry.events ?? []) as unknown as ReplayEvent[]
}

/** Where everything stood after the first `count` entries. Refused attempts changed nothing. */
export function standingAfter(entries: readonly HistoryEntry[], count: number): Standing {
  const standing: Standing = {}
  const incidents = new Map<string, [string, string]>()
  for (const entry of entries.slice(0, count)) {
    if (entry.outcome !== 'accepted') continue
    for (const event of eventsOf(entry)) apply(standing, incidents, event)
  }
  return standing
}

function apply(standing: Standing, incidents: Map<string, [string, string]>, event: ReplayEvent): void {
  const { process_key: process = '', element_id: element = '' } = event
  switch (event.event) {
    case 'ElementEntered':
      count(standing, process, element, { active: 1 })
      break
    case 'ElementCompleted':
      count(standing, process, element, { active: -1, done: 1 })
      break
    case 'ElementCanceled':
      count(standing, process, element, { active: -1, canceled: 1 })
      break
    case 'ElementMerged':
      count(standing, process, element, { active: -1 })
      break
    case 'TokenMigrated':
      if (!event.visible) break
      count(standing, process, event.from_element_id ?? '', { active: -1 })
      count(standing, process, element, { active: 1 })
      break
    case 'IncidentRaised':
      incidents.set(event.incident_id ?? '', [process, element])
      at(standing, process, element).incident = true
      break
    case 'IncidentResolved': {
      const place = incidents.get(event.incident_id ?? '')
      if (place) at(standing, ...place).incident = false
    }
  }
}

function at(standing: Standing, process: string, element: string): ElementState {
  const diagram = (standing[process] ??= {})
  return (diagram[element] ??= { active: 0, done: 0, canceled: 0, incident: false, light: 'none' })
}

function count(standing: Standing, process: string, element: string, by: { active?: number; done?: number; canceled?: number }): void {
  const state = at(standing, process, element)
  state.active = (state.active ?? 0) + (by.active ?? 0)
  state.done = (state.done ?? 0) + (by.done ?? 0)
  state.canceled = (state.canceled ?? 0) + (by.canceled ?? 0)
}

/** The flows that tokens took in one entry, in order. */
export function movesOf(entry: HistoryEntry | undefined): Move[] {
  if (!entry || entry.outcome !== 'accepted') return []
  return eventsOf(entry).flatMap((event) =>
    event.event === 'ElementEntered' && event.flow_id ? [{ process: event.process_key ?? '', flow: event.flow_id }] : [],
  )
}

/** The diagram on which most of an entry happened; null when nothing moved. */
export function processOf(entry: HistoryEntry | undefined): string | null {
  const keys = entry ? eventsOf(entry).flatMap((event) => (event.element_id && event.process_key ? [event.process_key] : [])) : []
  return keys.at(-1) ?? null
}

/** The version of each process the case ran on after the first `count` entries: a migration changes it. */
export function bindingsAfter(entries: readonly HistoryEntry[], count: number): Record<string, string> {
  let bindings: Record<string, string> = {}
  for (const entry of entries.slice(0, count)) {
    for (const event of eventsOf(entry)) {
      if (event.event === 'ProcessInstanceStarted' || event.event === 'ProcessInstanceMigrated') {
        bindings = (event as unknown as { bindings: Record<string, string> }).bindings
      }
    }
  }
  return bindings
}

/** What differs between the variables of two steps, by their outermost names. */
export function changed(before: Record<string, unknown>, after: Record<string, unknown>): Set<string> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return new Set([...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])))
}
