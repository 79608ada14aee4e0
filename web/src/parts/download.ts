/** Save what an address answers as a file. */
import { send } from '@/api/client'

export async function save(address: string, query: Record<string, unknown>, name: string): Promise<void> {
  const url = new URL(address, location.origin)
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(key, String(value))
  }
  const answer = await send(url)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
