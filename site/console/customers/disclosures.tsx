import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconGavel } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { disclosables } from '../../../core/privacy/disclosures.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useMay } from '../me.ts'
import { TakeDisclosure } from './take-disclosure.tsx'

type Part = (typeof disclosables)[number]
const route = 'GET /api/admin/customers/{customerId}/disclosures'

const partWords: Readonly<Record<Part, string>> = {
  account: 'The account: name, email, accepted terms',
  'sign-ins': 'Sign-ins: addresses, browsers, times',
  orders: 'Orders, with their links and comments',
  money: 'The balance and every movement of it',
  tickets: 'Tickets, with what was written in them',
}
const isPart = (text: string): text is Part => text in partWords

/** What authorities were given of this customer, and the form that makes it. */
export function CustomerDisclosures({ customerId }: { readonly customerId: string }) {
  const may = useMay()
  const answers = useQueryClient()
  const [asking, setAsking] = useState(false)
  const list = useAnswer(route, { path: { customerId } }, { staleMilliseconds: Number.POSITIVE_INFINITY })
  const rows = list.data?.rows
  return (
    <>
      {list.error && !rows && (
        <div className="card-body">
          <FailureNotice failure={list.error} title="The disclosures could not be read" retry={() => void list.refetch()} />
        </div>
      )}
      {!rows && !list.error && <Bones rows={2} height={52} />}
      {rows?.length === 0 && (
        <Nothing icon={IconGavel} title="Nothing was handed over">
          What an authority lawfully asks for is put together here, and exactly that is kept.
        </Nothing>
      )}
      {rows && rows.length > 0 && (
        <ul className="customer-rows">
          {rows.map((disclosure) => (
            <li key={disclosure.disclosureId} className="customer-row">
              <div>
                <div className="customer-row-title">{disclosure.authority}</div>
                <div className="faint small">
                  {disclosure.legalBasis} · {disclosure.reference} · <Moment at={disclosure.at} alone start />
                </div>
                <div className="faint small">{disclosure.parts.map((part) => partWords[part].split(/[:,]/)[0]).join(', ')}</div>
              </div>
              {may('admin.read-disclosure') && <TakeDisclosure customerId={customerId} disclosure={disclosure} />}
            </li>
          ))}
        </ul>
      )}
      {may('admin.make-disclosure') && (
        <div className="card-body">
          <Button variant="default" onClick={() => setAsking(true)}>
            Answer an authority
          </Button>
        </div>
      )}
      {asking && (
        <AnswerAuthority
          customerId={customerId}
          close={() => setAsking(false)}
          done={() => void answers.invalidateQueries({ queryKey: keyOf(route, { path: { customerId } }) })}
        />
      )}
    </>
  )
}

interface AnswerAuthorityProps {
  readonly customerId: string
  readonly close: () => void
  readonly done: () => void
}

function AnswerAuthority({ customerId, close, done }: AnswerAuthorityProps) {
  const [requestId] = useState(() => crypto.randomUUID())
  const [authority, setAuthority] = useState('')
  const [legalBasis, setLegalBasis] = useState('')
  const [reference, setReference] = useState('')
  const [parts, setParts] = useState<readonly string[]>([])
  const make = useChange('POST /api/admin/customers/{customerId}/disclosures', () => {
    done()
    close()
  })
  const said = [authority, legalBasis, reference].every((text) => text.trim().length >= 3)
  const terms = { authority, legalBasis, reference, parts: parts.filter(isPart) }
  return (
    <MemoDialog
      opened
      title="Answer an authority"
      verb="Put it together"
      busy={make.isPending}
      unready={!said || parts.length === 0}
      failure={make.error ?? undefined}
      close={close}
      go={(memo) => make.mutate({ path: { customerId }, body: { ...terms, memo, requestId } })}
    >
      <div className="stack">
        <p>Hand over no more than the request names. Who asked, by what law, and exactly what is put together stay on record.</p>
        <TextInput
          label="Authority"
          maxLength={200}
          value={authority}
          onChange={(event) => setAuthority(event.currentTarget.value)}
        />
        <TextInput
          label="Legal basis"
          placeholder="The law and the order, as the request cites them"
          maxLength={200}
          value={legalBasis}
          onChange={(event) => setLegalBasis(event.currentTarget.value)}
        />
        <TextInput
          label="Their file number"
          maxLength={200}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Checkbox.Group label="What is handed over" value={[...parts]} onChange={setParts}>
          <div className="stack">
            {Object.entries(partWords).map(([part, words]) => (
              <Checkbox key={part} value={part} label={words} />
            ))}
          </div>
        </Checkbox.Group>
      </div>
    </MemoDialog>
  )
}
