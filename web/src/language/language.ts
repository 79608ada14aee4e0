/** Chinese first, English by a switch that is remembered. */
import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { common } from './common'

export type Language = 'zh' | 'en'
/** A text in both. */
export type Pair = readonly [chinese: string, english: string]

const KEPT = 'lianban.language'

function remembered(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'
}

export const i18n = createI18n({
  legacy: false,
  locale: remembered(),
  fallbackLocale: 'zh',
  messages: common,
  missingWarn: false,
  fallbackWarn: false,
})

export const language = computed<Language>(() => (i18n.global.locale.value === 'en' ? 'en' : 'zh'))

/** What the server is asked for. */
export function acceptLanguage(): string {
  return language.value === 'en' ? 'en' : 'zh-CN'
}

export function speak(wanted: Language): void {
  i18n.global.locale.value = wanted
  localStorage.setItem(KEPT, wanted)
  document.documentElement.lang = wanted === 'en' ? 'en' : 'zh-CN'
}

/** The half of a pair that is spoken. */
export function say(pair: Pair): string {
  return pair[language.value === 'en' ? 1 : 0]
}

const HALL: Intl.DateTimeFormatOptions = { timeZone: 'Asia/Shanghai', hour12: false }
const SHORT = new Intl.DateTimeFormat('zh-CN', { ...HALL, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })

/** A moment (UTC, ISO 8601) on the hall's clock, to the minute: 2026-10-08 09:30. */
export function moment(text: string | null | undefined): string {
  if (!text) return ''
  const parts = Object.fromEntries(SHORT.formatToParts(new Date(text)).map(({ type, value }) => [type, value]))
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`
}

/** The hall's day, 2026-10-08. */
export function today(): string {
  return moment(new Date().toISOString()).slice(0, 10)
}

/** Fen as yuan with its separators: 1,080,000.00. */
export function yuan(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return ''
  const sign = fen < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(fen) / 100)
  return `${sign}${whole.toLocaleString('en-US')}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}
