import { describe, expect, it } from 'vitest'
import { spoken, titleOf, type Definition } from './definition'
import { pathOf, placed } from './server-errors'
import { translation } from './translation'
import { replaced } from './uploads'

const definition: Definition = {
  title: '受理审查',
  properties: { titleEn: 'Examination' },
  components: [
    { type: 'group', label: '申请人', components: [{ type: 'textfield', label: '姓名', properties: { labelEn: 'Name' } }] },
  ],
}

describe('spoken', () => {
  it('puts English labels in at every depth and leaves what has none', () => {
    expect(spoken(definition, 'en').components?.[0]).toMatchObject({ label: '申请人', components: [{ label: 'Name' }] })
    expect(spoken(definition, 'zh')).toBe(definition)
    const choice = { type: 'radio', values: [{ label: '准予', labelEn: 'Granted', value: 'granted' }, { label: '其他', value: 'other' }] }
    expect(spoken({ components: [choice] }, 'en').components?.[0]?.values?.map(({ label }) => label)).toEqual(['Granted', '其他'])
    expect([titleOf(definition, 'zh'), titleOf(definition, 'en')]).toEqual(['受理审查', 'Examination'])
  })
})

describe('the errors of the server', () => {
  const instances = [
    { id: 'a', valuePath: ['applicant', 'name'] },
    { id: 'b', valuePath: ['materials', 2, 'copies'], indexes: { list: 2 } },
  ]

  it('stand at their fields, in the row they belong to', () => {
    const problems = [
      { field: 'applicant.name', code: 'required', detail: '请填写' },
      { field: 'materials[2].copies', code: 'too-large', detail: '过大' },
      { field: 'materials[2].copies', code: 'not-whole', detail: '须为整数' },
    ]
    expect(placed(instances, problems)).toEqual({ errors: { a: ['请填写'], b: { 2: ['过大', '须为整数'] } }, homeless: [] })
  })

  it('are not lost where no field is shown', () => {
    const problem = { field: '', code: 'rule', detail: '结束日期不得早于开始日期' }
    expect(placed(instances, [problem]).homeless).toEqual([problem])
  })

  it('name rows by number', () => {
    expect(pathOf('lists[0][12].name')).toEqual(['lists', 0, 12, 'name'])
  })
})

describe('translation', () => {
  it('puts the values into the Chinese sentence', () => {
    const translate = translation('zh').translate[1] as (text: string, values?: object) => string
    expect(translate('Field must have maximum length of {value}.', { value: 20 })).toBe('最多20个字。')
    expect(translate('Unknown {value}', { value: 1 })).toBe('Unknown 1')
  })
})

describe('replaced', () => {
  it('puts the ids of uploaded files where form-js had its own keys', () => {
    const ids = new Map<string, string | string[]>([['files::1', ['a', 'b']], ['files::2', 'c']])
    expect(replaced({ photos: 'files::1', rows: [{ plan: 'files::2', text: 'x' }] }, ids)).toEqual({
      photos: ['a', 'b'],
      rows: [{ plan: 'c', text: 'x' }],
    })
  })
})
