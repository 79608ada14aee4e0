import { expect, it } from 'vitest'
import { linesOf } from './lines'

it('reads lines wherever the answer was cut', async () => {
  const parts = ['{"done":1}\n{"do', 'ne":2}', '\n{"intact":true}']
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      parts.forEach((part) => controller.enqueue(new TextEncoder().encode(part)))
      controller.close()
    },
  })
  const found: unknown[] = []
  for await (const line of linesOf({ body: stream } as Response)) found.push(line)
  expect(found).toEqual([{ done: 1 }, { done: 2 }, { intact: true }])
})
