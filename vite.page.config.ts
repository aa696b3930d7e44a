import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The dev server injects styles into the page, which the page's own policy forbids. */
const injectedStyles: Plugin = {
  name: 'spikedesk-injected-styles',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
}

/**
 * The page without Electron: `npm run build:page`, and `npm run dev:page` beside a running `spikedesk serve`.
 * The dev server passes the page's channel on to it; open the address that `serve` prints once before, so that
 * the browser holds its key, then the dev server's.
 */
export default defineConfig({
  root: folder('src-renderer'),
  plugins: [vue(), injectedStyles],
  build: {
    outDir: folder('out/renderer'),
    emptyOutDir: true,
    minify: true,
    // The policy of the page allows no data: URLs but for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
  server: {
    host: '127.0.0.1',
    port: 5170,
    proxy: {
      '/channel': { target: 'http://127.0.0.1:4870', ws: true, changeOrigin: true, rewriteWsOrigin: true },
    },
  },
})
