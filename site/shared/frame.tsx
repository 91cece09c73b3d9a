import './frame.css'
import './account.css'
import type { TablerIcon } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { OfflineBar } from './offline-bar.tsx'

export interface Place {
  readonly to: string
  readonly label: string
  /** In the phone's bottom bar, where room is short. */
  readonly short?: string
  readonly icon: TablerIcon
  /** What is new there. */
  readonly unread?: number
  /** Not in the phone's bottom bar, but behind "More". */
  readonly aside?: boolean
}

interface FrameProps {
  readonly mark: ReactNode
  readonly places: readonly Place[]
  /** In the top bar, from the left: search; then what belongs to the account. */
  readonly search: ReactNode
  readonly account: ReactNode
  /** The last item of the phone's bottom bar. */
  readonly more?: ReactNode
  readonly children: ReactNode
}

/** A narrow rail and a top bar; on phones a bottom bar within the thumbs' reach. */
export function Frame({ mark, places, search, account, more, children }: FrameProps) {
  const main = useRef<HTMLElement>(null)
  useFocusOnTurn(main)
  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <nav className="rail" aria-label="Main">
        <div className="rail-mark">{mark}</div>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
        {more && <div className="rail-more">{more}</div>}
      </nav>
      <header className="top-bar">
        <div className="top-bar-mark">{mark}</div>
        {search}
        <div className="top-bar-account">{account}</div>
      </header>
      <div className="frame-notice">
        <OfflineBar />
      </div>
      <main id="main" className="frame-main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function PlaceLink({ place: { to, label, short, icon: Icon, aside, unread = 0 } }: { readonly place: Place }) {
  return (
    <Link to={to} className="rail-item" data-aside={aside ?? false} activeOptions={{ exact: to === '/' }}>
      <span className="rail-icon">
        <Icon size={20} stroke={1.7} aria-hidden />
        {unread > 0 && (
          <span className="rail-unread">
            {unread > 99 ? '99+' : unread}
            <span className="unseen"> unread</span>
          </span>
        )}
      </span>
      {short ? (
        <>
          <span className="desktop-only">{label}</span>
          <span className="phone-only">{short}</span>
        </>
      ) : (
        label
      )}
    </Link>
  )
}

/** A page that was turned to is where reading and Tab go on. */
function useFocusOnTurn(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation()
  const page = pathname.split('/')[1]
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every change of the page
  useEffect(() => {
    if (!first.current && !main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [page])
}
