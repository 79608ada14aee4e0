/** What went wrong, as the server says it (RFC 9457) or as the browser found it. Every one has a sentence for the user. */

export interface FieldProblem {
  field: string
  code: string
  detail: string
}

export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    detail: string,
    readonly errors: FieldProblem[] = [],
    readonly incident: string | null = null,
  ) {
    super(detail)
    this.name = 'Problem'
  }

  /** Whether asking again may help: the answer is not known, or the server could not give one. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** The problem that a refused answer holds; an answer that is no problem document gets a sentence of its own. */
export async function problemOf(response: Response, sentence: (key: string) => string): Promise<Problem> {
  try {
    const said = (await response.clone().json()) as {
      code?: string
      detail?: string
      errors?: FieldProblem[]
      incident_id?: string
    }
    if (said.code && said.detail) {
      return new Problem(said.code, response.status, said.detail, said.errors ?? [], said.incident_id ?? null)
    }
  } catch {
    // not JSON: a proxy answered in the server's place
  }
  return new Problem('answer-unreadable', response.status, sentence('problem.unreadable'))
}
