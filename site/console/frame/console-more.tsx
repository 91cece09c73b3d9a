import { IconLogout } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Appearance } from '../../shared/appearance.tsx'
import type { Place } from '../../shared/frame.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { useSignOut } from './use-sign-out.ts'

interface ConsoleMoreProps {
  readonly places: readonly Place[]
  readonly opened: boolean
  readonly onClose: () => void
}

/** On phones: what does not fit the bottom bar. */
export function ConsoleMore({ places, opened, onClose }: ConsoleMoreProps) {
  const signOut = useSignOut()
  return (
    <Sheet opened={opened} onClose={onClose} title="Console">
      <nav className="more-list" aria-label="More">
        {places.map(({ to, label, icon: Icon }) => (
          <Link key={to} className="more-item" to={to} onClick={onClose}>
            <Icon size={20} stroke={1.7} aria-hidden />
            {label}
          </Link>
        ))}
        <div className="more-item">
          <Appearance />
        </div>
        <button type="button" className="more-item" onClick={signOut}>
          <IconLogout size={20} stroke={1.7} aria-hidden />
          Sign out
        </button>
      </nav>
    </Sheet>
  )
}
