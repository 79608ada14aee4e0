/**
 * The one way to the server. Types come from the OpenAPI document.
 *
 * - An expired login does not lose what was being done: the request waits until the user has logged in again, and is sent once more.
 * - Every write carries an Idempotency-Key, so a request whose answer was lost on the way is sent again and still acts once.
 */
import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './schema'
import { Problem, problemOf } from './problem'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const PAUSES = [400, 1600]

export interface Surroundings {
  /** The language answers are asked for in. */
  language: () => string
  /** The token that writes of this session carry. */
  csrf: () => string | null
  /** Let the user log in again; resolves when he has. */
  loginAgain: () => Promise<void>
  /** A sentence of the browser's own. */
  sentence: (key: string) => string
}

let surroundings: Surroundings

/** Tell the client where it is; once, before the first request. */
export function connect(given: Surroundings): void {
  surroundings = given
}

/** A key no other command has. */
export function commandKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Send a request as the session would; throws a Problem unless the answer is good. */
export async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  if (!SAFE.has(request.method) && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', commandKey())
  }
  let answer = await persistently(request)
  if (answer.status === 401 && !request.url.endsWith('/api/session')) {
    await surroundings.loginAgain()
    answer = await persistently(request)
  }
  if (!answer.ok) throw await problemOf(answer, surroundings.sentence)
  return answer
}

async function persistently(request: Request): Promise<Response> {
  request.headers.set('Accept-Language', surroundings.language())
  const token = surroundings.csrf()
  if (token && !SAFE.has(request.method)) request.headers.set('X-CSRF-Token', token)
  for (const pause of PAUSES) {
    try {
      return await fetch(request.clone())
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  try {
    return await fetch(request.clone())
  } catch {
    throw new Problem('connection-lost', 0, surroundings.sentence('problem.connection'))
  }
}

export const client: Client<paths> = createClient<paths>({ baseUrl: '', fetch: (request) => send(request) })

/** The data of a call. What is not good has been thrown as a Problem already. */
export async function answer<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  return (await call).data as Data
}

/** For addresses that are only known when the program runs: registers, exports. */
export async function ask<Data>(
  method: string,
  address: string,
  options: { query?: Record<string, unknown>; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Data> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value))
  }
  const search = query.toString()
  const response = await send(new URL(search ? `${address}?${search}` : address, location.origin), {
    method,
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    headers: { ...(options.body !== undefined && { 'Content-Type': 'application/json' }), ...options.headers },
  })
  return (response.status === 204 ? undefined : await response.json()) as Data
}
