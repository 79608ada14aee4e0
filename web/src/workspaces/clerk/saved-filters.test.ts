import { beforeEach, describe, expect, it } from 'vitest'
import { EVERYTHING, forgetFilter, keepFilter, savedFilters } from './saved-filters'

beforeEach(() => localStorage.clear())

describe('saved filters', () => {
  it('belong to the account and replace one of the same name', () => {
    keepFilter('window-1', '超期', { ...EVERYTHING, light: 'red' })
    keepFilter('window-1', '超期', { ...EVERYTHING, light: 'yellow' })
    expect(savedFilters('window-1')).toEqual([{ name: '超期', filter: { ...EVERYTHING, light: 'yellow' } }])
    expect(savedFilters('window-2')).toEqual([])
  })

  it('can be forgotten, and what somebody else wrote there does no harm', () => {
    keepFilter('window-1', '超期', EVERYTHING)
    expect(forgetFilter('window-1', '超期')).toEqual([])
    localStorage.setItem('lianban.filters.window-1', '{not json')
    expect(savedFilters('window-1')).toEqual([])
  })
})
