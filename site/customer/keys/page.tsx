import './page.css'
import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { CreateKey } from './create-key.tsx'
import { EditKey } from './edit-key.tsx'
import { KeyTable } from './key-table.tsx'
import { NewKey } from './new-key.tsx'
import { ProtocolCard } from './protocol-card.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { RotateKey } from './rotate-key.tsx'
import { UsageCard } from './usage-card.tsx'

export type Key = Answer<'GET /api/keys'>['rows'][number]
export type CreatedKey = Answer<'POST /api/keys'>

type Doing = { readonly what: 'edit' | 'rotate' | 'revoke'; readonly key: Key }

/** Keys for programs, and how programs speak to the panel. */
export function KeysPage() {
  const { data: catalogue } = useCatalogue()
  const answers = useQueryClient()
  const keys = useAnswer('GET /api/keys', {})
  const [created, setCreated] = useState<CreatedKey>()
  const [creating, setCreating] = useState(false)
  const [doing, setDoing] = useState<Doing>()
  const changed = (): void => void answers.invalidateQueries({ queryKey: keyOf('GET /api/keys') })
  const made = (key: CreatedKey): void => {
    setCreated(key)
    changed()
  }
  const doneTo = (what: Doing['what']): Key | undefined => (doing?.what === what ? doing.key : undefined)
  const close = (): void => setDoing(undefined)
  useTitle('API', catalogue?.panelName)
  const rows = keys.data?.rows
  return (
    <>
      <div className="page-head">
        <h1>API</h1>
        <Button className="push" onClick={() => setCreating(true)}>
          New key
        </Button>
      </div>
      <div className="keys">
        <div className="stack">
          {created && <NewKey created={created} done={() => setCreated(undefined)} />}
          <section className="card" aria-label="Keys">
            {keys.error && !rows && (
              <div className="card-body">
                <FailureNotice failure={keys.error} title="Your keys could not be read" retry={() => void keys.refetch()} />
              </div>
            )}
            {keys.isPending && <Bones rows={3} height={60} />}
            {rows?.length === 0 && (
              <Nothing icon={IconKey} title="No keys yet">
                A key lets a program of yours order, ask for statuses and read the balance. Give each program its own, so that one
                can be revoked alone.
              </Nothing>
            )}
            {rows && rows.length > 0 && (
              <KeyTable
                keys={rows}
                actions={{
                  edit: (key) => setDoing({ what: 'edit', key }),
                  rotate: (key) => setDoing({ what: 'rotate', key }),
                  revoke: (key) => setDoing({ what: 'revoke', key }),
                }}
              />
            )}
          </section>
          {rows && rows.length > 0 && <UsageCard keys={rows} />}
        </div>
        <ProtocolCard secret={created?.key} />
      </div>
      <CreateKey opened={creating} close={() => setCreating(false)} created={made} unheard={changed} />
      <EditKey editing={doneTo('edit')} close={close} done={changed} />
      <RotateKey rotating={doneTo('rotate')} close={close} rotated={made} unheard={changed} />
      <RevokeKey
        revoking={doneTo('revoke')}
        close={close}
        done={(keyId) => {
          if (created?.keyId === keyId) setCreated(undefined)
          changed()
        }}
      />
    </>
  )
}
