import { describe, expect, it } from 'vitest'
import { listed, marksOf } from './differences'

describe('differences', () => {
  const marks = marksOf({ _added: { new: 1 }, _removed: { old: 1 }, _changed: { task: 1 }, _layoutChanged: { task: 1, flow: 1 } })

  it('are drawn on the version they can be seen on, a change rather than a move', () => {
    expect(marks.before).toEqual({ flow: 'moved', task: 'changed', old: 'removed' })
    expect(marks.after).toEqual({ flow: 'moved', task: 'changed', new: 'added' })
  })

  it('are listed with what is new first', () => {
    expect(listed(marks).map(([id]) => id)).toEqual(['new', 'old', 'task', 'flow'])
  })
})
