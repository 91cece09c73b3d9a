import '../../shared/table.css'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import { Moment } from '../../shared/moment.tsx'
import { useNow } from '../../shared/use-now.ts'
import { KeyStanding, standingOf } from './key-standing.tsx'
import { scopeWords } from './key-words.ts'
import type { Key } from './page.tsx'

export interface KeyActions {
  readonly edit: (key: Key) => void
  readonly rotate: (key: Key) => void
  readonly revoke: (key: Key) => void
}

/** Keys by name and first characters; those that open nothing stay listed for a while, so that one can tell what a log speaks of. */
export function KeyTable({ keys, actions }: { readonly keys: readonly Key[]; readonly actions: KeyActions }) {
  const now = useNow()
  const rank = (key: Key): number => ['open', 'closing', 'closed', 'revoked'].indexOf(standingOf(key, now))
  const sorted = [...keys].sort((a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt))
  return (
    <table className="table key-table">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">May do</th>
          <th scope="col">From</th>
          <th scope="col">Last used</th>
          <th scope="col">
            <span className="unseen">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((key) => (
          <KeyRow key={key.keyId} of={key} now={now} actions={actions} />
        ))}
      </tbody>
    </table>
  )
}

function KeyRow({ of, now, actions }: { readonly of: Key; readonly now: Date; readonly actions: KeyActions }) {
  const standing = standingOf(of, now)
  const opens = standing === 'open' || standing === 'closing'
  return (
    <tr data-over={!opens}>
      <td className="key-cell key-name">
        <span className="key-called">{of.name}</span>
        <div className="small soft">
          <code>{of.prefix}…</code>
          <span className="key-standing">
            <KeyStanding of={of} />
          </span>
        </div>
      </td>
      <td className="key-cell key-may" data-label="May do">
        {scopeWords[of.scope].word}
      </td>
      <td className="key-cell key-from" data-label="From">
        <From addresses={of.addresses} />
      </td>
      <td className="key-cell key-used soft" data-label="Last used">
        {of.lastUsedAt ? <Moment at={of.lastUsedAt} alone /> : <Unused since={of.createdAt} now={now} />}
      </td>
      <td className="key-cell key-action figure">
        {opens && <KeyMenu of={of} canRotate={standing === 'open'} actions={actions} />}
      </td>
    </tr>
  )
}

function From({ addresses }: { readonly addresses: readonly string[] }) {
  const [first, ...others] = addresses
  if (first === undefined) return <span className="soft">Anywhere</span>
  return (
    <span title={addresses.join('\n')}>
      <code className="key-address">{first}</code>
      {others.length > 0 && (
        <>
          {' '}
          <span className="faint key-more">and {others.length} more</span>
        </>
      )}
    </span>
  )
}

const monthMilliseconds = 30 * 86_400_000

/** Use is told of for 30 days. */
function Unused({ since, now }: { readonly since: string; readonly now: Date }) {
  return <span className="faint">{now.getTime() - Date.parse(since) > monthMilliseconds ? 'Not in 30 days' : 'Never'}</span>
}

function KeyMenu({ of, canRotate, actions }: { readonly of: Key; readonly canRotate: boolean; readonly actions: KeyActions }) {
  return (
    <Menu width={200}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={`Actions for ${of.name}, ${of.prefix}`}>
          <IconDots size={18} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} stroke={1.7} aria-hidden />} onClick={() => actions.edit(of)}>
          Edit
        </Menu.Item>
        {canRotate && (
          <Menu.Item leftSection={<IconRefresh size={16} stroke={1.7} aria-hidden />} onClick={() => actions.rotate(of)}>
            Rotate
          </Menu.Item>
        )}
        <Menu.Item
          className="menu-grave"
          leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />}
          onClick={() => actions.revoke(of)}
        >
          Revoke
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
