import { Navigate } from '@tanstack/react-router'
import { useMay } from './me.ts'
import { NeedsYouPage } from './orders/needs-you-page.tsx'

/** What needs a human, for whoever may see orders; for the catalogue's people, the providers. */
export function Home({ opened }: { readonly opened: string | undefined }) {
  return useMay()('admin.list-orders') ? <NeedsYouPage opened={opened} /> : <Navigate to="/providers" replace />
}
