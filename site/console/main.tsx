import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { answerStore } from '../shared/answers.ts'
import { tellTurnedPages } from '../shared/beacon.ts'
import { Provider } from '../shared/provider.tsx'
import { call } from './panel.ts'
import { router } from './routes.tsx'

/** Nobody is signed in: every page leads to the sign-in page, and back afterwards. */
const answers = answerStore(() => {
  if (router.latestLocation.pathname !== '/sign-in')
    void router.navigate({ to: '/sign-in', search: { return: router.state.location.href }, replace: true })
})
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
