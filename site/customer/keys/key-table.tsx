import '../../shared/table.css'
import { Button } from '@mantine/core'
import { Moment } from '../../shared/moment.tsx'
import type { Key } from './page.tsx'

/** Keys by name and first characters; revoked ones stay listed, so that one can tell what a log speaks of. */
export function KeyTable({ keys, revoke }: { readonly keys: readonly Key[]; readonly revoke: (key: Key) => void }) {
  const sorted = [...keys].sort(
    (a, b) => Number(Boolean(a.revokedAt)) - Number(Boolean(b.revokedAt)) || b.createdAt.localeCompare(a.createdAt),
  )
  return (
    <table className="table key-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Begins with</th>
          <th scope="col">Created</th>
          <th scope="col">
            <span className="unseen">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((key) => (
          <tr key={key.keyId} data-revoked={Boolean(key.revokedAt)}>
            <td className="key-cell key-name">{key.name}</td>
            <td className="key-cell key-prefix">
              <code>{key.prefix}…</code>
            </td>
            <td className="key-cell key-created soft">
              <Moment at={key.createdAt} alone />
            </td>
            <td className="key-cell key-action figure">
              {key.revokedAt ? (
                <span className="faint small">
                  Revoked <Moment at={key.revokedAt} alone />
                </span>
              ) : (
                <Button size="xs" variant="default" onClick={() => revoke(key)} aria-label={`Revoke ${key.name}`}>
                  Revoke
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
