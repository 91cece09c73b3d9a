import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Sheet } from '../../shared/sheet.tsx'

interface LookAtAccessesProps {
  readonly day: string
  readonly address: string | undefined
  readonly close: () => void
}

/** What an address asked for: the evidence, to who says what for. */
export function LookAtAccesses({ day, address, close }: LookAtAccessesProps) {
  const [found, setFound] = useState<Answer<'POST /api/admin/accesses'>>()
  const { mutate, isPending, error } = useChange('POST /api/admin/accesses', (answer) => setFound(answer))
  return (
    <>
      <MemoDialog
        opened={address !== undefined && !found}
        title={`What ${address ?? ''} asked for`}
        verb="Show it"
        busy={isPending}
        failure={error ?? undefined}
        close={close}
        go={(memo) => address && mutate({ body: { day, address, memo } })}
      >
        The access log says where somebody was on the site, and people stand behind an address. Your look is on record.
      </MemoDialog>
      <Sheet opened={found !== undefined} onClose={close} title={address} tall>
        <ol className="accesses">
          {found?.rows.map(({ at, page, browser, referrer }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two requests of a second can be alike, and the list never changes
            <li key={index}>
              <span className="access-page">{page}</span>
              <span className="faint small">
                <Moment at={at} alone start /> · {browser}
                {referrer && <> · from {referrer}</>}
              </span>
            </li>
          ))}
        </ol>
        {found && (
          <p className="soft small">
            On record as <code>{found.recordedAs}</code>: whoever looked at it stands under that in the audit trail.
          </p>
        )}
        {found?.rows.length === 0 && <p className="soft">Nothing is kept of it any more.</p>}
        {found?.rows.length === 200 && <p className="soft small">The newest 200.</p>}
      </Sheet>
    </>
  )
}
