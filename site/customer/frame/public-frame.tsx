import './public-frame.css'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Mark } from '../../shared/mark.tsx'
import { OfflineBar } from '../../shared/offline-bar.tsx'
import { useCatalogue } from '../catalogue.ts'
import { useWasHere } from '../session.ts'

/** The frame around pages that need no account. */
export function PublicFrame({ children, narrow = false }: { readonly children: ReactNode; readonly narrow?: boolean }) {
  const { data: catalogue } = useCatalogue()
  const name = catalogue?.panelName ?? 'Panel'
  return (
    <div className="public">
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="public-bar">
        <div className="public-bar-inner">
          <Link to="/about" className="public-name">
            <Mark />
            {name}
          </Link>
          <nav className="public-nav" aria-label="Main">
            <Link to="/services" className="public-link">
              Services
            </Link>
            <Link to="/changes" className="public-link public-wide">
              Changes
            </Link>
            <Entry />
          </nav>
        </div>
      </header>
      <OfflineBar />
      <main id="main" className={narrow ? 'public-main public-narrow' : 'public-main'} tabIndex={-1}>
        {children}
      </main>
      <footer className="public-foot">
        <div className="public-foot-inner">
          <span>{name}</span>
          <Link to="/about">How it works</Link>
          <Link to="/changes">Changes</Link>
          <Link to="/terms">Terms</Link>
          <Link to="/privacy">Privacy</Link>
          <Link to="/contact">Contact</Link>
          <Link to="/abuse">Report abuse</Link>
          <Link to="/cookies">Cookies</Link>
          <a href="/api/openapi.json">API description</a>
        </div>
      </footer>
    </div>
  )
}

function Entry() {
  const navigate = useNavigate()
  if (useWasHere())
    return (
      <Button size="compact-md" className="public-cta" onClick={() => void navigate({ to: '/new' })}>
        New order
      </Button>
    )
  return (
    <>
      <Link to="/sign-in" className="public-link">
        Sign in
      </Link>
      <Button size="compact-md" variant="default" className="public-cta" onClick={() => void navigate({ to: '/sign-up' })}>
        Create account
      </Button>
    </>
  )
}
