import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { Problem } from '@/api/problem'
import { PAUSE, useDraft, type Draft } from './draft'

function drafting(save: (variables: Record<string, unknown>) => Promise<void>): Draft {
  return effectScope().run(() => useDraft(save)) as Draft
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Vue's remark that no component is mounted here
})
afterEach(() => vi.useRealTimers())

describe('useDraft', () => {
  it('saves the last of several changes, once, after a pause', async () => {
    const saved: unknown[] = []
    const draft = drafting(async (variables) => void saved.push(variables))
    draft.changed({ opinion: '同' })
    draft.changed({ opinion: '同意' })
    expect(draft.state.value).toBe('unsaved')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(saved).toEqual([{ opinion: '同意' }])
    expect(draft.state.value).toBe('saved')
  })

  it('keeps what could not be saved and says so', async () => {
    const attempts: unknown[] = []
    const draft = drafting(async (variables) => {
      attempts.push(variables)
      if (attempts.length === 1) throw new Problem('connection-lost', 0, '')
    })
    draft.changed({ opinion: '同意' })
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(draft.state.value).toBe('unsaved')
    await draft.flush()
    expect(attempts).toEqual([{ opinion: '同意' }, { opinion: '同意' }])
    expect(draft.state.value).toBe('saved')
  })

  it('does not save what was completed', async () => {
    const saved: unknown[] = []
    const draft = drafting(async (variables) => void saved.push(variables))
    draft.changed({ opinion: '同意' })
    draft.drop()
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(saved).toEqual([])
  })
})
