import { afterEach, describe, expect, it } from 'vitest'
import { moment, say, speak, yuan } from './language'

afterEach(() => speak('zh'))

describe('moment', () => {
  it('shows UTC on the clock of the hall', () => {
    expect(moment('2026-10-07T16:05:00Z')).toBe('2026-10-08 00:05')
    expect(moment('2026-10-08T01:30:00+00:00')).toBe('2026-10-08 09:30')
  })

  it('shows nothing for no moment', () => {
    expect(moment(null)).toBe('')
  })
})

describe('yuan', () => {
  it('counts in whole fen', () => {
    expect([0, 5, 108_000_000, -1_234].map(yuan)).toEqual(['0.00', '0.05', '1,080,000.00', '-12.34'])
  })
})

describe('say', () => {
  it('speaks the language that was chosen, and remembers it', () => {
    expect(say(['办件', 'Case'])).toBe('办件')
    speak('en')
    expect(say(['办件', 'Case'])).toBe('Case')
    expect(localStorage.getItem('lianban.language')).toBe('en')
  })
})
