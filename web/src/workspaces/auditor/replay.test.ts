import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '@/api/schema'
import { bindingsAfter, changed, movesOf, processOf, standingAfter } from './replay'

const on = (event: string, element_id: string, more: object = {}): object => ({ event, element_id, process_key: 'permit', ...more })
const entry = (events: object[], outcome = 'accepted'): HistoryEntry => ({ outcome, events }) as unknown as HistoryEntry

const entries = [
  entry([
    { event: 'ProcessInstanceStarted', process_key: 'permit', bindings: { 'process:permit': 'v1' } },
    on('ElementEntered', 'start'),
    on('ElementCompleted', 'start'),
    on('ElementEntered', 'examine', { flow_id: 'start_to_examine' }),
  ]),
  entry([], 'refused'),
  entry([on('ElementCompleted', 'examine'), on('ElementEntered', 'sign', { flow_id: 'examine_to_sign' }), on('IncidentRaised', 'sign', { incident_id: 'i' })]),
  entry([{ event: 'IncidentResolved', incident_id: 'i' }, on('ElementCanceled', 'sign')]),
  entry([{ event: 'ProcessInstanceMigrated', bindings: { 'process:permit': 'v2' } }, on('TokenMigrated', 'decide', { from_element_id: 'examine', visible: true })]),
]

describe('standingAfter', () => {
  it('has the tokens where they were after a step', () => {
    expect(standingAfter(entries, 1)['permit']).toMatchObject({ start: { active: 0, done: 1 }, examine: { active: 1, done: 0 } })
  })

  it('is not changed by a refused attempt', () => {
    expect(standingAfter(entries, 2)).toEqual(standingAfter(entries, 1))
  })

  it('shows an incident until it is resolved, and what was withdrawn', () => {
    expect(standingAfter(entries, 3)['permit']?.['sign']).toMatchObject({ active: 1, incident: true })
    expect(standingAfter(entries, 4)['permit']?.['sign']).toMatchObject({ active: 0, canceled: 1, incident: false })
  })

  it('moves tokens that were migrated', () => {
    expect(standingAfter(entries, 5)['permit']?.['decide']).toMatchObject({ active: 1 })
  })
})

it('names the flows of a step, its diagram, and the versions it ran on', () => {
  expect(movesOf(entries[2])).toEqual([{ process: 'permit', flow: 'examine_to_sign' }])
  expect(movesOf(entries[1])).toEqual([])
  expect([processOf(entries[2]), processOf(entries[1]), processOf(undefined)]).toEqual(['permit', null, null])
  expect([bindingsAfter(entries, 1), bindingsAfter(entries, 5)]).toEqual([{ 'process:permit': 'v1' }, { 'process:permit': 'v2' }])
})

it('tells which variables a step changed', () => {
  expect(changed({ a: 1, b: { c: 2 } }, { a: 1, b: { c: 3 }, d: null })).toEqual(new Set(['b', 'd']))
})
