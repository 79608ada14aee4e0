import { describe, expect, it } from 'vitest'
import { ofSameCase } from './next-task'

const receipt = {
  user_tasks: [
    { task_id: '1.2', title: '会签', assignee: null, candidate_groups: ['department-land'] },
    { task_id: '1.3', title: '送达', assignee: null, candidate_groups: ['window-land'] },
    { task_id: '1.4', title: '归档', assignee: 'window-land-2', candidate_groups: ['window-land'] },
  ],
}

describe('the next task', () => {
  it('is one of the same case that my groups may do', () => {
    expect(ofSameCase(receipt, 'window-land-1', ['window-land'])).toEqual({ id: '1.3', title: '送达' })
  })

  it('is not one that somebody else has', () => {
    expect(ofSameCase({ user_tasks: receipt.user_tasks.slice(2) }, 'window-land-1', ['window-land'])).toBeNull()
    expect(ofSameCase({ user_tasks: receipt.user_tasks.slice(2) }, 'window-land-2', [])).toEqual({ id: '1.4', title: '归档' })
  })
})
