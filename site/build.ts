import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig, type Plugin } from 'vite'

/** The customers' site and the staff's console: two addresses, two builds, nothing of one in the other. */
const roots = { site: 'customer', console: 'console' } as const

const here = fileURLToPath(new URL('.', import.meta.url))

/** Builds both into a folder, as `site` and `console`. */
export async function buildEntries(folder: string): Promise<void> {
  // Vite takes a test's NODE_ENV for its own, and would build React's slow form.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await Promise.all([build(settings('site', join(folder, 'site'))), build(settings('console', join(folder, 'console')))])
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

const settings = (entry: keyof typeof roots, folder: string): InlineConfig => ({
  configFile: false,
  root: join(here, roots[entry]),
  publicDir: join(here, 'static'),
  logLevel: 'warn',
  // No file of the build may need leave to run inline: the content security policy gives none.
  build: {
    outDir: folder,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
  plugins: [react(), fontFirst],
})

/** Has the browser fetch the one font file that every page needs along with the page, not after the style sheet. */
const fontFirst: Plugin = {
  name: 'font-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => /inter-latin-wght.*\.woff2$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
          injectTo: 'head' as const,
        })),
  },
}
