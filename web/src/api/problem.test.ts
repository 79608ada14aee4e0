import { describe, expect, it } from 'vitest'
import { Problem, problemOf } from './problem'

const sentence = (key: string): string => key

describe('problemOf', () => {
  it('keeps the sentence, the code and the fields that the server named', async () => {
    const body = { code: 'form-invalid', detail: '表单填写有误', errors: [{ field: 'days', code: 'too-large', detail: '过大' }] }
    const problem = await problemOf(new Response(JSON.stringify(body), { status: 422 }), sentence)
    expect(problem).toMatchObject({ code: 'form-invalid', status: 422, message: '表单填写有误', errors: body.errors })
    expect(problem.passing).toBe(false)
  })

  it('has a sentence for an answer that is no problem document', async () => {
    const problem = await problemOf(new Response('<h1>Bad gateway</h1>', { status: 502 }), sentence)
    expect(problem).toMatchObject({ code: 'answer-unreadable', status: 502, message: 'problem.unreadable' })
    expect(problem.passing).toBe(true)
  })
})

describe('a problem', () => {
  it('may pass when the answer was lost, the server is busy or broke', () => {
    const passing = [0, 429, 500, 503].map((status) => new Problem('x', status, '').passing)
    expect(passing).toEqual([true, true, true, true])
    expect(new Problem('x', 409, '').passing).toBe(false)
  })
})
