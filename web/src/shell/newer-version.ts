/** After an update of the server a page that is still open asks for files that are gone: load the new version, but not in a circle. */
const KEPT = 'lianban.reloaded'
const PAUSE = 15_000

export function loadNewerVersion(reload: () => void = () => location.reload(), now: () => number = Date.now): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEPT) ?? 0)
    if (now() - last < PAUSE) return
    sessionStorage.setItem(KEPT, String(now()))
    event.preventDefault()
    reload()
  })
}
