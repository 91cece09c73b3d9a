import './page.css'
import '../../shared/table.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { InviteStaff } from './invite-staff.tsx'
import { roleWords } from './role-words.ts'

/** Who works here, and as what. */
export function StaffPage() {
  const answers = useQueryClient()
  const staff = useAnswer('GET /api/admin/staff', {})
  const [inviting, setInviting] = useState(false)
  const [invited, setInvited] = useState<string>()
  useTitle('Staff', 'Console')
  const rows = staff.data?.rows
  return (
    <>
      <div className="page-head">
        <h1>Staff</h1>
        <Button className="push" onClick={() => setInviting(true)}>
          Invite
        </Button>
      </div>
      <div className="stack">
        {invited && (
          <Notice tone="good" title={`${invited} is invited`}>
            A first password is mailed. At the first sign-in they choose their own and set up an authenticator app.
          </Notice>
        )}
        <section className="card" aria-label="Staff">
          {staff.error && !rows && (
            <div className="card-body">
              <FailureNotice failure={staff.error} title="Staff could not be read" retry={() => void staff.refetch()} />
            </div>
          )}
          {staff.isPending && <Bones rows={3} />}
          {rows && (
            <table className="table staff-table">
              <thead>
                <tr>
                  <th scope="col">Email</th>
                  <th scope="col">Role</th>
                  <th scope="col">Since</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((member) => (
                  <tr key={member.staffId}>
                    <td className="staff-cell staff-cell-email">
                      {member.email}
                      {member.status === 'removed' && <span className="faint"> (removed)</span>}
                    </td>
                    <td className="staff-cell">
                      {member.role}
                      <div className="faint tiny">{roleWords[member.role]}</div>
                    </td>
                    <td className="staff-cell staff-cell-since faint">
                      <Moment at={member.createdAt} alone />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      </div>
      <InviteStaff
        opened={inviting}
        close={() => setInviting(false)}
        invited={(email) => {
          setInvited(email)
          void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/staff') })
        }}
      />
    </>
  )
}
