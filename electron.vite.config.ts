import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The desktop program, `npm run build`: the main process with the compute process beside it, the bridge, and the
 * page. Dependencies and the native addon are not bundled; they are loaded from node_modules and src-native.
 */
export default defineConfig({
  main: {
    build: {
      outDir: folder('out/main'),
      minify: true,
      rollupOptions: {
        input: {
          index: folder('src-main/index.ts'),
          compute: folder('src-main/compute.ts'),
          sampleWorker: folder('src-main/training/streaming/sampleWorker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: folder('out/preload'),
      minify: true,
      rollupOptions: {
        input: { preload: folder('src-main/preload.ts') },
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: folder('src-renderer'),
    plugins: [vue()],
    build: {
      outDir: folder('out/renderer'),
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rollupOptions: { input: folder('src-renderer/index.html') },
    },
  },
})
