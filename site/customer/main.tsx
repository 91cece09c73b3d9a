import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { answerStore, keyOf } from '../shared/answers.ts'
import { tellTurnedPages } from '../shared/beacon.ts'
import { Provider } from '../shared/provider.tsx'
import { call } from './panel.ts'
import { router } from './routes.tsx'
import { session } from './session.ts'

/** Nobody is signed in: pages of an account lead to the sign-in page, and back afterwards. */
function sessionOver(): void {
  session.ended()
  // Several calls find out at the same time: one of them leads away.
  if (router.latestLocation.pathname === '/sign-in') return
  if (!router.state.matches.some(({ routeId }) => routeId.endsWith('account'))) return
  void router.navigate({ to: '/sign-in', search: { return: router.state.location.href, because: 'ended' }, replace: true })
}

const answers = answerStore(sessionOver, (all) => void all.invalidateQueries({ queryKey: keyOf('GET /api/me') }))

tellTurnedPages(router)

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Provider call={call} answers={answers}>
        <RouterProvider router={router} />
      </Provider>
    </StrictMode>,
  )
