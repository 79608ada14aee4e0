import { beforeEach, describe, expect, it } from 'vitest'
import { forgetUnpublished, keepUnpublished, unpublished } from './unpublished'

describe('work that is not published', () => {
  beforeEach(() => localStorage.clear())

  it('is kept for who did it and for what it is about', () => {
    keepUnpublished('a', 'process.1', { at: '2004-07-01T00:00:00Z', xml: '<a/>' })
    expect(unpublished('a', 'process.1')?.xml).toBe('<a/>')
    expect(unpublished('b', 'process.1')).toBeNull()
    expect(unpublished('a', 'process.2')).toBeNull()
    forgetUnpublished('a', 'process.1')
    expect(unpublished('a', 'process.1')).toBeNull()
  })

  it('is nothing where the browser kept something else', () => {
    localStorage.setItem('lianban.unpublished.a.form.1', '{"at":')
    expect(unpublished('a', 'form.1')).toBeNull()
  })
})
