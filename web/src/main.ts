import 'element-plus/dist/index.css'
import './shell/shell.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { connect } from './api/client'
import { acceptLanguage, i18n, language, speak } from './language/language'
import { router } from './router'
import { useSession } from './session/session'
import { loadNewerVersion } from './shell/newer-version'
import { nonceForStyles } from './shell/nonce'

nonceForStyles()
loadNewerVersion()
speak(language.value)

const app = createApp(App).use(createPinia()).use(i18n)
const session = useSession()
connect({
  language: acceptLanguage,
  csrf: () => session.current?.csrf_token ?? null,
  loginAgain: session.loginAgain,
  sentence: (key) => i18n.global.t(key),
})
session
  .resume()
  .catch(() => undefined) // the login page says what is wrong when it is used
  .finally(() => app.use(router).mount('#application'))
