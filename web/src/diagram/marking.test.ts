import { describe, expect, it } from 'vitest'
import { marked, markerOf } from './marking'

const state = (given: object): never => ({ active: 0, done: 0, canceled: 0, incident: false, light: 'none', ...given }) as never

describe('markerOf', () => {
  it('is what matters most of an element', () => {
    expect(markerOf(state({ active: 1, done: 3, incident: true }))).toBe('incident')
    expect(markerOf(state({ active: 1, done: 3 }))).toBe('active')
    expect(markerOf(state({ done: 3, canceled: 1 }))).toBe('done')
    expect(markerOf(state({ canceled: 1 }))).toBe('canceled')
    expect(markerOf(state({}))).toBeNull()
  })
})

describe('marked', () => {
  it('leaves out what was never reached and puts trouble first', () => {
    const found = marked({ a: state({ done: 1 }), b: state({}), c: state({ incident: true }), d: state({ active: 1 }) })
    expect(found.map(({ id }) => id)).toEqual(['c', 'd', 'a'])
  })
})
