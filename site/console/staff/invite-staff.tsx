import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { StaffRole } from '../../../core/staff/roles.ts'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { roles, roleWords } from './role-words.ts'

interface InviteStaffProps {
  readonly opened: boolean
  readonly close: () => void
  readonly invited: (email: string) => void
}

export function InviteStaff({ opened, close, invited }: InviteStaffProps) {
  const form = useForm<{ email: string; role: StaffRole; memo: string }>({
    initialValues: { email: '', role: 'support', memo: '' },
    validate: {
      email: (email) => (email.includes('@') ? null : 'Type their email.'),
      memo: (memo) => (memo.trim().length < 3 ? 'Say why, in a few words.' : null),
    },
  })
  const invite = useChange('POST /api/admin/staff', (_, { body }) => {
    invited(body.email)
    form.reset()
    close()
  })
  return (
    <Sheet opened={opened} onClose={close} title="Invite to the staff">
      <form className="stack" noValidate onSubmit={form.onSubmit((body) => invite.mutate({ body }))}>
        {invite.error && <FailureNotice failure={invite.error} title="Nobody was invited" />}
        <TextInput label="Email" type="email" autoComplete="off" data-autofocus {...form.getInputProps('email')} />
        <NativeSelect label="Role" description={roleWords[form.values.role]} data={[...roles]} {...form.getInputProps('role')} />
        <Textarea label="Reason, for the record" rows={2} maxLength={300} {...form.getInputProps('memo')} />
        <Button type="submit" loading={invite.isPending}>
          Invite
        </Button>
      </form>
    </Sheet>
  )
}
