/** What a register page is told: a list of the API, and what may be done with its rows. */
import type { Field } from '@/api/contract'
import type { Pair } from '@/language/language'

export type Row = Record<string, unknown>

export interface Action {
  /** Of the OpenAPI document: 'POST /api/staff/{appointment}/end'. Whoever lacks its permission does not see it. */
  operation: string
  /** What the address's parameters are; a row's own fields of the same names unless said otherwise. */
  parameters?: (row: Row) => Record<string, unknown>
  /** On the button; the operation's own summary unless said otherwise. */
  label?: Pair
  /** Fields that are sent as they are and not asked for. */
  fixed?: (row: Row) => Row
  /** Values that the form begins with. */
  initial?: (row: Row) => Row
  /** Fields of the body that are not asked for. */
  without?: string[]
  shown?: (row: Row) => boolean
  /** The answer is there to be read. An operation that only reads is always so. */
  reads?: boolean
  /** The answer is a file, of this name. */
  download?: (row: Row) => string
  /** Asks once more, in red. */
  danger?: boolean
}

export interface Register {
  title: Pair
  /** The list's operation: 'GET /api/staff'. */
  list: string
  /** Parameters of its address. */
  parameters?: Record<string, unknown>
  /** Parameters of its address that are asked for: with a label, a type and what they are at first. */
  place?: Record<string, Field & { initial: unknown }>
  /** Fixed parts of its query. */
  query?: Row
  /** Fields that are columns, in order; labels come from the OpenAPI document. */
  columns: readonly string[]
  /** Query parameters that can be filtered by; all of the operation unless said otherwise. */
  filters?: readonly string[]
  /** What is filtered by at first. */
  initial?: () => Row
  /** What tells rows apart. */
  rowKey: string
  /** On each row. */
  actions?: readonly Action[]
  /** Above the table. */
  creates?: readonly Action[]
  /** A list below the row that is opened: what happened to it. */
  events?: { operation: string; parameters: (row: Row) => Record<string, unknown>; columns: readonly string[] }
}
