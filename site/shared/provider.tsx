import '@fontsource-variable/inter/wght.css'
import './mantine.css'
import './tokens.css'
import './base.css'
import './inputs.css'
import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Call } from '../api.ts'
import { CallContext } from './answers.ts'
import { kept } from './storage.ts'
import { cssVariables, theme } from './theme.ts'

/** The theme is remembered under a name that `static/theme.js` reads before the first paint. */
const scheme: MantineColorSchemeManager = {
  get: (otherwise) => {
    const chosen = kept.get('theme')
    return chosen === 'light' || chosen === 'dark' ? chosen : otherwise
  },
  set: (value) => kept.set('theme', value),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => kept.remove('theme'),
}

interface ProviderProps {
  readonly call: Call
  readonly answers: QueryClient
  readonly children: ReactNode
}

/** What both the site and the console stand in. */
export function Provider({ call, answers, children }: ProviderProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} colorSchemeManager={scheme} defaultColorScheme="auto">
      <QueryClientProvider client={answers}>
        <CallContext value={call}>{children}</CallContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}
