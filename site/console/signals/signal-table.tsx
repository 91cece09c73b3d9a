import '../../shared/table.css'
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconKeyOff, IconLock, IconUser } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { Moment } from '../../shared/moment.tsx'
import { useMay } from '../me.ts'
import { MarkSeen } from './mark-seen.tsx'
import type { Signal } from './page.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { signalWords } from './signal-words.ts'
import { SuspendAccount } from './suspend-account.tsx'

type Doing = { readonly what: 'seen' | 'revoke' | 'suspend'; readonly signal: Signal }

interface SignalTableProps {
  readonly day: string
  readonly rows: readonly Signal[]
  readonly changed: () => void
}

/** Whom it was noticed of, how often, what came of it, and what to do. */
export function SignalTable({ day, rows, changed }: SignalTableProps) {
  const [doing, setDoing] = useState<Doing>()
  const close = (): void => setDoing(undefined)
  const doneTo = (what: Doing['what']): Signal | undefined => (doing?.what === what ? doing.signal : undefined)
  return (
    <>
      <table className="table signal-table">
        <thead>
          <tr>
            <th scope="col">Noticed</th>
            <th scope="col" className="figure">
              Times
            </th>
            <th scope="col">Last</th>
            <th scope="col">Looked into</th>
            <th scope="col">
              <span className="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((signal) => (
            <tr key={`${signal.kind} ${signal.subject}`}>
              <td className="signal-cell signal-what">
                <span className="signal-title">{signalWords[signal.kind].title}</span>
                <div className="small soft">
                  <Whose of={signal} />
                </div>
              </td>
              <td className="signal-cell figure tabular" data-label="Times">
                {count(signal.times)}
              </td>
              <td className="signal-cell soft" data-label="Last">
                <Moment at={signal.lastAt} alone />
              </td>
              <td className="signal-cell signal-seen" data-label="Looked into">
                <Seen of={signal} />
              </td>
              <td className="signal-cell signal-actions">
                <Actions of={signal} act={(what) => setDoing({ what, signal })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <MarkSeen day={day} signal={doneTo('seen')} close={close} done={changed} />
      <RevokeKey signal={doneTo('revoke')} close={close} />
      <SuspendAccount signal={doneTo('suspend')} close={close} />
    </>
  )
}

function Whose({ of: { customerId, keyId, subject } }: { readonly of: Signal }) {
  const may = useMay()
  if (!customerId) return <>Network {subject.slice(0, 6)}</>
  const name = `Customer ${customerId.slice(0, 8)}…`
  return (
    <>
      {may('admin.read-customer') ? (
        <Link to="/customers/$customerId" params={{ customerId }}>
          {name}
        </Link>
      ) : (
        name
      )}{' '}
      {keyId ? `with key ${keyId.slice(0, 6)}…` : 'on the site'}
    </>
  )
}

function Seen({ of: { seen, times } }: { readonly of: Signal }) {
  if (!seen) return <span className="faint">Not yet</span>
  const more = times - seen.times
  return (
    <>
      <span>{seen.memo}</span>
      <div className="small soft">
        <Moment at={seen.at} alone />
        {more > 0 && <span className="signal-since"> · {count(more)} more since</span>}
      </div>
    </>
  )
}

interface ActionsProps {
  readonly of: Signal
  readonly act: (what: Doing['what']) => void
}

function Actions({ of: { kind, subject, customerId, keyId }, act }: ActionsProps) {
  const may = useMay()
  const navigate = useNavigate()
  const about = customerId ? `customer ${customerId.slice(0, 8)}` : `network ${subject.slice(0, 6)}`
  return (
    <div className="row signal-buttons">
      {may('admin.mark-signal') && (
        <Button size="xs" variant="default" onClick={() => act('seen')} aria-label={`Mark as looked into: ${kind} of ${about}`}>
          Mark as looked into
        </Button>
      )}
      {customerId && (
        <Menu width={220}>
          <Menu.Target>
            <ActionIcon variant="default" size={32} aria-label={`More for ${kind} of ${about}`}>
              <IconDots size={18} stroke={1.8} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {may('admin.read-customer') && (
              <Menu.Item
                leftSection={<IconUser size={16} stroke={1.7} aria-hidden />}
                onClick={() => void navigate({ to: '/customers/$customerId', params: { customerId } })}
              >
                Open the customer
              </Menu.Item>
            )}
            {keyId && may('admin.revoke-customer-key') && (
              <Menu.Item leftSection={<IconKeyOff size={16} stroke={1.7} aria-hidden />} onClick={() => act('revoke')}>
                Revoke the key
              </Menu.Item>
            )}
            {may('admin.set-customer-status') && (
              <Menu.Item leftSection={<IconLock size={16} stroke={1.7} aria-hidden />} onClick={() => act('suspend')}>
                Suspend the account
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
