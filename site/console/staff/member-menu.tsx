import { ActionIcon, Menu } from '@mantine/core'
import { IconDeviceMobileOff, IconDots, IconUserCog, IconUserMinus } from '@tabler/icons-react'
import type { Member, MemberChange } from './change-member.tsx'

interface MemberMenuProps {
  readonly member: Member
  readonly choose: (change: MemberChange) => void
}

export function MemberMenu({ member, choose }: MemberMenuProps) {
  return (
    <Menu width={240} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={`Change ${member.email}`}>
          <IconDots size={18} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserCog size={16} stroke={1.7} aria-hidden />} onClick={() => choose('role')}>
          Change the role
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceMobileOff size={16} stroke={1.7} aria-hidden />} onClick={() => choose('totp')}>
          Reset the authenticator app
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconUserMinus size={16} stroke={1.7} aria-hidden />} onClick={() => choose('removal')}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
