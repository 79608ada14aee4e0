import { expect, it } from 'vitest'
import { withKnown } from './known'

it('puts what is known where the form has it', () => {
  const values = [
    { name: 'applicant.telephone', value: '0571-88886666' },
    { name: 'applicant.address', value: '样例街道一号' },
  ]
  expect(withKnown({ identity: '1', name: ' 申请人甲 ' }, values)).toEqual({
    applicant: { name: '申请人甲', telephone: '0571-88886666', address: '样例街道一号' },
  })
})
