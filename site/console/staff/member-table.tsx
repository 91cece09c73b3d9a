import { Moment } from '../../shared/moment.tsx'
import type { Member, MemberChange } from './change-member.tsx'
import { MemberMenu } from './member-menu.tsx'
import { roleWords } from './role-words.ts'

interface MemberTableProps {
  readonly members: readonly Member[]
  /** Nobody changes themselves. */
  readonly own: string | undefined
  readonly choose?: (member: Member, change: MemberChange) => void
}

export function MemberTable({ members, own, choose }: MemberTableProps) {
  return (
    <table className="table staff-table">
      <thead>
        <tr>
          <th scope="col">Email</th>
          <th scope="col">Role</th>
          <th scope="col">Since</th>
          {choose && (
            <th scope="col">
              <span className="unseen">Change</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.staffId}>
            <td className="staff-cell staff-cell-email">
              {member.email}
              {member.staffId === own && <span className="faint"> (you)</span>}
            </td>
            <td className="staff-cell">
              {member.role}
              <div className="faint tiny">{roleWords[member.role]}</div>
            </td>
            <td className="staff-cell staff-cell-since faint">
              <Moment at={member.createdAt} alone />
            </td>
            {choose && (
              <td className="staff-cell staff-cell-change">
                {member.staffId !== own && <MemberMenu member={member} choose={(change) => choose(member, change)} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
