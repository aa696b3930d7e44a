import '@fontsource-variable/inter'
import './theme/tokens.css'
import './theme/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { hostSaves, onFileToOpen, onMenuCommand, openBridge } from './bridge/open.ts'
import { provideBridge } from './bridge/index.ts'
import { saveThroughHost } from './bridge/saving.ts'
import { provideSaver } from './charts/saveFile.ts'
import { runCommandNamed } from './commands/registry.ts'
import { i18n } from './i18n/index.ts'
import { setupRouter } from './router.ts'
import { openGiven } from './shell/openGiven.ts'
import { useSettingsStore } from './stores/settings.ts'
import { setupTheme } from './theme/theme.ts'

provideBridge(openBridge())
if (hostSaves()) provideSaver(saveThroughHost)
setupTheme()
setupRouter()
const app = createApp(App)
app.use(createPinia())
app.use(i18n)
useSettingsStore()
app.mount('#app')
onMenuCommand(runCommandNamed)
onFileToOpen(openGiven)
