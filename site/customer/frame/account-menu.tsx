import { Menu } from '@mantine/core'
import { IconLogout, IconSettings, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { Avatar } from '../avatar.tsx'
import { useMe } from '../me.ts'
import { useSignOut } from './use-sign-out.ts'

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { data: me } = useMe()
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <Menu width={240}>
      <Menu.Target>
        <button type="button" className="account-button" aria-label="Account">
          <Avatar fileId={me?.avatar} fallback={me ? initials(me.fullName) : <IconUser size={18} stroke={1.7} aria-hidden />} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {me && (
          <div className="account-card">
            <p className="one-line">{me.fullName}</p>
            <p className="faint small">{me.email}</p>
          </div>
        )}
        <Menu.Item
          leftSection={<IconSettings size={16} stroke={1.7} aria-hidden />}
          onClick={() => void navigate({ to: '/settings' })}
        >
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} aria-hidden />} onClick={() => signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map(([first = '']) => first)
    .filter((_, index, all) => index === 0 || index === all.length - 1)
    .join('')
    .toUpperCase()
