import { Link } from '@tanstack/react-router'
import type { Answer } from '../../api.ts'
import { Moment } from '../../shared/moment.tsx'
import { useProviders } from '../orders/use-providers.ts'
import { ChangedFacts } from './changed-facts.tsx'

type AuditRecord = Answer<'GET /api/admin/audit'>['rows'][number]

interface AuditTableProps {
  readonly records: readonly AuditRecord[]
  readonly nameOf: (staffId: string) => string
}

export function AuditTable({ records, nameOf }: AuditTableProps) {
  return (
    <table className="table audit-table">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Before → after</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.seq}>
            <td className="audit-cell audit-when faint">
              <Moment at={record.at} alone start />
              <div className="tiny tabular">№ {record.seq}</div>
            </td>
            <td className="audit-cell audit-who">{nameOf(record.by)}</td>
            <td className="audit-cell">
              <div>
                <span className="audit-action">{inWords(record.action)}</span> <On what={record.on} nameOf={nameOf} />
              </div>
              {record.why && <div className="soft small">“{record.why}”</div>}
            </td>
            <td className="audit-cell">
              <ChangedFacts before={record.before} after={record.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** `admin.adjust-wallet` reads as "Adjust wallet". */
function inWords(action: string): string {
  const words = action.replace(/^admin\./, '').replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** What it was done to, with the way there. */
function On({ what, nameOf }: { readonly what: string; readonly nameOf: (staffId: string) => string }) {
  const { nameOf: providerName } = useProviders()
  const [kind = '', id = '', ...more] = what.split(' ')
  if (more.length === 0 && id !== '') {
    if (kind === 'order')
      return (
        <Link to="/orders/$orderId" params={{ orderId: id }} className="soft tabular">
          {what}
        </Link>
      )
    if (kind === 'provider')
      return (
        <Link to="/providers/$providerId" params={{ providerId: id }} className="soft" title={id}>
          provider {providerName(id) ?? id.slice(0, 8)}
        </Link>
      )
    if (kind === 'staff') return <span className="soft">{nameOf(id)}</span>
    if (kind === 'customer')
      return (
        <Link to="/customers/$customerId" params={{ customerId: id }} className="soft">
          customer {id.slice(0, 8)}
        </Link>
      )
  }
  return <span className="soft">{what}</span>
}
