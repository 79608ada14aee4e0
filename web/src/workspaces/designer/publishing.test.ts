import { describe, expect, it } from 'vitest'
import { elementOf, worst, type Finding } from './publishing'

const finding = (field: string, severity: Finding['severity']): Finding => ({ field, severity, code: 'x', detail: 'x' })

describe('findings', () => {
  it('belong to elements; one about the whole file belongs to none', () => {
    expect(elementOf(finding('licence.bpmn#review', 'error'))).toBe('review')
    expect(elementOf(finding('licence.bpmn', 'error'))).toBe('')
  })

  it('mark an element by the worst of them', () => {
    expect(worst([finding('a#x', 'error'), finding('a#x', 'warning'), finding('a#y', 'warning'), finding('a', 'error')])).toEqual({ x: 'error', y: 'warning' })
  })
})
