/** Save what an address answers as a file. */
import { send } from '@/api/client'

export async function save(address: string, query: Record<string, unknown>, name: string): Promise<void> {
  const url = new URL(address, location.origin)
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(key, String(value))
  }
  await keep(await send(url), name)
}

/** Save what a command answers as a file. */
export async function saveAnswer(address: string, content: unknown, headers: Record<string, string>, name: string): Promise<void> {
  const init = { method: 'POST', body: JSON.stringify(content), headers: { 'Content-Type': 'application/json', ...headers } }
  await keep(await send(new URL(address, location.origin), init), name)
}

/** Save a text that is here already as a file. */
export async function saveText(text: string, name: string): Promise<void> {
  await keep(new Response(text), name)
}

async function keep(answer: Response, name: string): Promise<void> {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
