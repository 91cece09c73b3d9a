import './page.css'
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
import { KeyTable } from './key-table.tsx'
import { NewKey } from './new-key.tsx'
import { ProtocolCard } from './protocol-card.tsx'
import { RevokeKey } from './revoke-key.tsx'

export type Key = Answer<'GET /api/keys'>['rows'][number]
export type CreatedKey = Answer<'POST /api/keys'>

/** Keys for programs, and how programs speak to the panel. */
export function KeysPage() {
  const { data: catalogue } = useCatalogue()
  const answers = useQueryClient()
  const keys = useAnswer('GET /api/keys', {})
  const [created, setCreated] = useState<CreatedKey>()
  const [revoking, setRevoking] = useState<Key>()
  const changed = (): void => void answers.invalidateQueries({ queryKey: keyOf('GET /api/keys') })
  useTitle('API', catalogue?.panelName)
  return (
    <>
      <div className="page-head">
        <h1>API</h1>
      </div>
      <div className="keys">
        <div className="stack">
          {created && <NewKey created={created} done={() => setCreated(undefined)} />}
          <section className="card" aria-label="Keys">
            <div className="card-head keys-head">
              <h2>Keys</h2>
              <CreateKey
                onCreated={(key) => {
                  setCreated(key)
                  changed()
                }}
              />
            </div>
            {keys.error && !keys.data && (
              <div className="card-body">
                <FailureNotice failure={keys.error} title="Your keys could not be read" retry={() => void keys.refetch()} />
              </div>
            )}
            {keys.isPending && <Bones rows={3} height={52} />}
            {keys.data?.rows.length === 0 && (
              <Nothing icon={IconKey} title="No keys yet">
                A key lets a program of yours order, ask for statuses and read the balance. Give each program its own, so that one
                can be revoked alone.
              </Nothing>
            )}
            {keys.data && keys.data.rows.length > 0 && <KeyTable keys={keys.data.rows} revoke={setRevoking} />}
          </section>
        </div>
        <ProtocolCard secret={created?.key} />
      </div>
      <RevokeKey
        revoking={revoking}
        close={() => setRevoking(undefined)}
        done={(keyId) => {
          if (created?.keyId === keyId) setCreated(undefined)
          changed()
        }}
      />
    </>
  )
}
