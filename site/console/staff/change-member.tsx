import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { StaffRole } from '../../../core/staff/roles.ts'
import type { Answer } from '../../api.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { roles, roleWords } from './role-words.ts'

export type Member = Answer<'GET /api/admin/staff'>['rows'][number]
export type MemberChange = 'role' | 'totp' | 'removal'

interface ChangeMemberProps {
  readonly member: Member
  readonly close: () => void
  /** With what is to be told of it. */
  readonly changed: (title: string, told: string) => void
}

/** What an owner does to a colleague, each with its reason on record. */
export function ChangeMember({ change, ...props }: ChangeMemberProps & { readonly change: MemberChange }) {
  switch (change) {
    case 'role':
      return <ChangeRole {...props} />
    case 'totp':
      return <ResetTotp {...props} />
    case 'removal':
      return <Remove {...props} />
  }
}

function ChangeRole({ member, close, changed }: ChangeMemberProps) {
  const [role, setRole] = useState<StaffRole>(member.role)
  const { mutate, isPending, error } = useChange('PUT /api/admin/staff/{staffId}/role', () => {
    changed(`${member.email} is ${role} now`, 'It holds from their next step in the console on.')
    close()
  })
  return (
    <MemoDialog
      opened
      title="Change the role"
      verb={role === member.role ? 'Change the role' : `Make them ${role}`}
      grave={role === 'owner'}
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      unready={role === member.role}
      go={(memo) => mutate({ path: { staffId: member.staffId }, body: { role, memo } })}
    >
      <NativeSelect
        label={`Role of ${member.email}`}
        description={roleWords[role]}
        data={[...roles]}
        value={role}
        onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? member.role)}
      />
    </MemoDialog>
  )
}

function ResetTotp({ member, close, changed }: ChangeMemberProps) {
  const { mutate, isPending, error } = useChange('POST /api/admin/staff/{staffId}/totp-reset', () => {
    changed(
      `${member.email} sets up an authenticator app anew`,
      'They are signed out. Ask them to sign in now, with their password.',
    )
    close()
  })
  return (
    <MemoDialog
      opened
      title="Reset the authenticator app?"
      verb="Reset"
      grave
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      go={(memo) => mutate({ path: { staffId: member.staffId }, body: { memo } })}
    >
      {member.email} is signed out everywhere, and sets up a new app at the next sign-in. Until then their password alone opens that
      step: make sure that it is them who ask, and that they sign in right after.
    </MemoDialog>
  )
}

function Remove({ member, close, changed }: ChangeMemberProps) {
  const { mutate, isPending, error } = useChange('POST /api/admin/staff/{staffId}/removal', () => {
    changed(`${member.email} is removed`, 'They are let in nowhere from now on.')
    close()
  })
  return (
    <MemoDialog
      opened
      title={`Remove ${member.email}?`}
      verb="Remove"
      grave
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      go={(memo) => mutate({ path: { staffId: member.staffId }, body: { memo } })}
    >
      From their next step on they are let in nowhere. What they did stays on record. They can be invited again later.
    </MemoDialog>
  )
}
