import './document.css'
import type { ReactNode } from 'react'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'

const written = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A page of promises in plain words, with its version and the day it was last changed. */
export function LegalDocument({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { data: catalogue } = useCatalogue()
  useTitle(title, catalogue?.panelName)
  return (
    <PublicFrame>
      <article className="legal">
        <h1>{title}</h1>
        {catalogue && (
          <p className="faint">
            Version {catalogue.terms}. Last updated on {written.format(new Date(catalogue.terms))}.
          </p>
        )}
        {children}
      </article>
    </PublicFrame>
  )
}
