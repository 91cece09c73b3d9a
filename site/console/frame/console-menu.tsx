import { Menu } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { Appearance } from '../../shared/appearance.tsx'
import { useSignOut } from './use-sign-out.ts'

export function ConsoleMenu() {
  const signOut = useSignOut()
  return (
    <Menu width={280}>
      <Menu.Target>
        <button type="button" className="account-button" aria-label="Account">
          <IconUser size={18} stroke={1.7} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="account-card">
          <Appearance />
        </div>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
