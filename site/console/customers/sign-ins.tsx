import { IconLogin2 } from '@tabler/icons-react'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { SignInLine } from '../../shared/sign-in-line.tsx'

/** Who came in to a customer's account, and who tried. The look is recorded: it is not asked for again by itself. */
export function CustomerSignIns({ customerId }: { readonly customerId: string }) {
  const history = useAnswer(
    'GET /api/admin/customers/{customerId}/sign-ins',
    { path: { customerId } },
    { staleMilliseconds: Number.POSITIVE_INFINITY },
  )
  const [rows, failures] = [history.data?.rows, history.data?.failures]
  return (
    <>
      {history.error && !rows && (
        <div className="card-body">
          <FailureNotice failure={history.error} title="The sign-ins could not be read" retry={() => void history.refetch()} />
        </div>
      )}
      {!rows && !history.error && <Bones rows={4} height={52} />}
      {rows?.length === 0 && failures?.length === 0 && (
        <Nothing icon={IconLogin2} title="No sign-ins in the last 90 days">
          Each sign-in, and each try that failed, is listed here for 90 days.
        </Nothing>
      )}
      {rows && rows.length > 0 && <Rows of={rows} label="Sign-ins" />}
      {failures && failures.length > 0 && (
        <>
          <h3 className="customer-rows-title">Tries that failed</h3>
          <p className="soft small customer-rows-lead">
            From one address, those of an hour are one line, with the last browser they claimed.
          </p>
          <Rows of={failures} label="Tries that failed" />
        </>
      )}
    </>
  )
}

interface RowsProps {
  readonly of: Answer<'GET /api/admin/customers/{customerId}/sign-ins'>['rows']
  readonly label: string
}

function Rows({ of, label }: RowsProps) {
  return (
    <ul className="customer-rows" aria-label={label}>
      {of.map((signIn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two of a second can be alike, and the list only grows at its top
        <li key={index} className="customer-row">
          <SignInLine signIn={signIn} />
        </li>
      ))}
    </ul>
  )
}
