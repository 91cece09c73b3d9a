import { Moment } from '../../shared/moment.tsx'
import { useNow } from '../../shared/use-now.ts'
import type { Key } from './page.tsx'

export type Standing = 'open' | 'closing' | 'closed' | 'revoked'

export function standingOf({ revokedAt, closesAt }: Key, now: Date): Standing {
  if (revokedAt) return 'revoked'
  if (!closesAt) return 'open'
  return new Date(closesAt) > now ? 'closing' : 'closed'
}

/** What became of a key that is no longer simply there. */
export function KeyStanding({ of }: { readonly of: Key }) {
  const now = useNow()
  switch (standingOf(of, now)) {
    case 'open':
      return null
    case 'closing':
      return (
        <span className="key-closing">
          Rotated, closes <Moment at={of.closesAt ?? ''} alone />
        </span>
      )
    case 'closed':
      return (
        <span className="faint">
          Closed <Moment at={of.closesAt ?? ''} alone />
        </span>
      )
    case 'revoked':
      return (
        <span className="faint">
          Revoked <Moment at={of.revokedAt ?? ''} alone />
        </span>
      )
  }
}
