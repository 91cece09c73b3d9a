import './page.css'
import '../../shared/table.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMe } from '../me.ts'
import { ChangeMember, type Member, type MemberChange } from './change-member.tsx'
import { InviteStaff } from './invite-staff.tsx'
import { MemberTable } from './member-table.tsx'
import { useColleagues } from './use-colleagues.ts'

/** Who works here, as what, and what an owner can do about it. */
export function StaffPage() {
  const answers = useQueryClient()
  const { query } = useColleagues()
  const { data: me } = useMe()
  const [inviting, setInviting] = useState(false)
  const [changing, setChanging] = useState<{ readonly member: Member; readonly change: MemberChange }>()
  const [told, setTold] = useState<{ readonly title: string; readonly text: string }>()
  useTitle('Staff', 'Console')
  const rows = query.data?.rows
  const tell = (title: string, text: string): void => {
    setTold({ title, text })
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/staff') })
  }
  const removed = rows?.filter(({ status }) => status === 'removed') ?? []
  return (
    <>
      <div className="page-head">
        <h1>Staff</h1>
        <Button className="push" onClick={() => setInviting(true)}>
          Invite
        </Button>
      </div>
      <div className="stack">
        {told && (
          <Notice tone="good" title={told.title}>
            {told.text}
          </Notice>
        )}
        <section className="card" aria-label="Staff">
          {query.error && !rows && (
            <div className="card-body">
              <FailureNotice failure={query.error} title="Staff could not be read" retry={() => void query.refetch()} />
            </div>
          )}
          {query.isPending && <Bones rows={3} />}
          {rows && (
            <MemberTable
              members={rows.filter(({ status }) => status === 'active')}
              own={me?.staffId}
              choose={(member, change) => setChanging({ member, change })}
            />
          )}
        </section>
        {removed.length > 0 && (
          <details className="card removed-staff">
            <summary className="card-head">Removed ({removed.length})</summary>
            <MemberTable members={removed} own={me?.staffId} />
          </details>
        )}
      </div>
      <InviteStaff
        opened={inviting}
        close={() => setInviting(false)}
        invited={(email) =>
          tell(
            `${email} is invited`,
            'A first password is mailed. At the first sign-in they choose their own and set up an authenticator app.',
          )
        }
      />
      {changing && <ChangeMember {...changing} close={() => setChanging(undefined)} changed={tell} />}
    </>
  )
}
