import { describe, expect, it } from 'vitest'
import { bodyOf, changedOnly, sharedRepairs, type Repair, type Stuck } from './repairs'

const repair = (code: string): Repair => ({ code, name: code, address: `/api/x/${code}` })
const stuck = (...codes: string[]) => ({ repairs: codes.map(repair) }) as unknown as Stuck

describe('repairs', () => {
  it('offers for many only what all of them allow and what needs no look at each', () => {
    expect(sharedRepairs([stuck('retry', 'move-token', 'cancel'), stuck('cancel', 'move-token')]).map(({ code }) => code)).toEqual(['cancel'])
    expect(sharedRepairs([])).toEqual([])
  })

  it('sends what a repair asks for, and the reason where it is kept', () => {
    expect(bodyOf('reassign', 'she left', { assignee: 'b', token_id: 'x' })).toEqual({ assignee: 'b', reason: 'she left' })
    expect(bodyOf('send-message', 'why', { message: 'm', correlation_key: 'k' })).toEqual({ message: 'm', correlation_key: 'k' })
  })

  it('sends only variables that differ, taken away ones as nothing', () => {
    expect(changedOnly({ a: 1, b: { c: 2 }, d: 3 }, { a: 1, b: { c: 3 } })).toEqual({ b: { c: 3 }, d: null })
  })
})
