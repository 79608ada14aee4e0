/** The server's errors of a form, put where form-js shows the errors of its fields. */
import type { FieldProblem } from '@/api/problem'

/** A field as form-js holds it: in a dynamic list once for each row. */
export interface Instance {
  id: string
  valuePath: (string | number)[]
  indexes?: Record<string, number>
}

export type Errors = Record<string, unknown>

/** Of `materials[2].copies`: `['materials', 2, 'copies']`. */
export function pathOf(field: string): (string | number)[] {
  return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => (index === undefined ? (name as string) : Number(index)))
}

/** Errors by field, and those that belong to no field that is shown: they must be said elsewhere. */
export function placed(instances: readonly Instance[], problems: readonly FieldProblem[]): { errors: Errors; homeless: FieldProblem[] } {
  const errors: Errors = {}
  const homeless: FieldProblem[] = []
  for (const problem of problems) {
    const found = instances.find(({ valuePath }) => same(valuePath, pathOf(problem.field)))
    if (found) put(errors, [found.id, ...Object.values(found.indexes ?? {})], problem.detail)
    else homeless.push(problem)
  }
  return { errors, homeless }
}

function same(left: readonly (string | number)[], right: readonly (string | number)[]): boolean {
  return left.length === right.length && left.every((part, index) => String(part) === String(right[index]))
}

function put(errors: Errors, path: (string | number)[], sentence: string): void {
  let place = errors
  for (const part of path.slice(0, -1)) place = (place[part] ??= {}) as Errors
  const last = String(path.at(-1))
  place[last] = [...((place[last] as string[] | undefined) ?? []), sentence]
}
