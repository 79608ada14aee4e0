import { describe, expect, it } from 'vitest'
import { heatOf, valueOf, type Load } from './heat'

const NOW = Date.parse('2026-03-02T12:00:00Z')
const load = (element_id: string, open: number, waiting_since: string | null = null): Load => ({
  element_id, open, overdue: 0, incidents: 0, waiting_since, done: 0, mean_minutes: null,
})

describe('heat', () => {
  it('goes from one to five and leaves out what is cold', () => {
    expect(heatOf([load('a', 10), load('b', 1), load('c', 0), load('d', 5)], 'open', NOW)).toEqual({ a: 5, b: 1, d: 3 })
    expect(heatOf([load('a', 0)], 'open', NOW)).toEqual({})
  })

  it('counts waiting in hours', () => {
    expect(valueOf(load('a', 1, '2026-03-01T06:00:00Z'), 'waiting', NOW)).toBe(30)
    expect(valueOf({ ...load('a', 0), mean_minutes: 90 }, 'mean', NOW)).toBe(1.5)
  })
})
