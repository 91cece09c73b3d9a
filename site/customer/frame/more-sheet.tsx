import { IconCode, IconHistory, IconList, IconLogout, IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Sheet } from '../../shared/sheet.tsx'
import { useMe } from '../me.ts'
import { useSignOut } from './use-sign-out.ts'

/** On phones: what does not fit the bottom bar. */
export function MoreSheet({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { data: me } = useMe()
  const signOut = useSignOut()
  return (
    <Sheet opened={opened} onClose={onClose} title={me?.fullName ?? 'Account'}>
      <nav className="more-list" aria-label="More">
        <Link className="more-item" to="/services" onClick={onClose}>
          <IconList size={20} stroke={1.7} aria-hidden />
          Services
        </Link>
        <Link className="more-item" to="/changes" onClick={onClose}>
          <IconHistory size={20} stroke={1.7} aria-hidden />
          Changes
        </Link>
        <Link className="more-item" to="/keys" onClick={onClose}>
          <IconCode size={20} stroke={1.7} aria-hidden />
          API
        </Link>
        <Link className="more-item" to="/settings" onClick={onClose}>
          <IconSettings size={20} stroke={1.7} aria-hidden />
          Settings
        </Link>
        <button type="button" className="more-item" onClick={() => signOut()}>
          <IconLogout size={20} stroke={1.7} aria-hidden />
          Sign out
        </button>
      </nav>
    </Sheet>
  )
}
