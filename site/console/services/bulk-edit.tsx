import { Button, Modal, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { usePhone } from '../../shared/use-phone.ts'
import { type Draft, emptyDraft, needsMemo, readDraft } from './bulk-change.ts'
import { BulkFields } from './bulk-fields.tsx'
import { PreviewTable } from './preview-table.tsx'
import { type PlannedEdit, type Preview, useEdit } from './use-edit.ts'
import { useCategories, useServicesChanged } from './use-services.ts'

interface BulkEditProps {
  /** The services that are meant. */
  readonly ids: readonly number[]
  /** An edit that stopped half way, to go on with. */
  readonly resumed: PlannedEdit | undefined
  readonly close: () => void
  /** Everything was applied. */
  readonly finished: () => void
}

/** Choose what changes, see what it does service by service, apply exactly that. */
export function BulkEdit({ ids, resumed, close, finished }: BulkEditProps) {
  const edit = useEdit(useServicesChanged())
  const { state } = edit
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [memo, setMemo] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => {
    if (resumed) void edit.look(resumed)
  }, [])
  const busy = state.phase === 'applying'
  const leave = (): void => {
    if (busy) return
    if (state.phase === 'done') finished()
    else close()
  }
  const meant = resumed?.ids.length ?? ids.length
  return (
    <Frame title={`Change ${count(meant)} ${meant === 1 ? 'service' : 'services'}`} close={leave}>
      {state.phase === 'choosing' && (
        <Choose
          draft={draft}
          setDraft={setDraft}
          memo={memo}
          setMemo={setMemo}
          close={close}
          go={(change) => void edit.look({ editId: crypto.randomUUID(), ids, change, memo })}
        />
      )}
      {state.phase === 'looking' && <Bones rows={5} />}
      {state.phase === 'seen' && (
        <Seen
          preview={state.preview}
          back={resumed ? undefined : edit.again}
          close={leave}
          go={() => void edit.apply(state.edit, state.preview)}
        />
      )}
      {state.phase === 'applying' && <Applying done={state.done} of={state.preview.changed.length} />}
      {state.phase === 'stopped' && (
        <div className="stack">
          <FailureNotice
            failure={state.failure}
            title={state.done > 0 ? `Stopped after ${count(state.done)} services` : 'Nothing was changed'}
          >
            {state.done > 0 && 'What was done stays done, and is not done twice.'}
          </FailureNotice>
          <div className="row confirm-actions">
            <Button variant="default" onClick={leave}>
              Leave it
            </Button>
            <Button onClick={() => void edit.look(state.edit)}>Look again</Button>
          </div>
        </div>
      )}
      {state.phase === 'done' && (
        <div className="stack">
          <Notice tone="good" title={`${count(state.done)} ${state.done === 1 ? 'service is' : 'services are'} changed`}>
            The shop shows it within seconds; orders are charged by it from now on.
            {state.left > 0 && ` ${count(state.left)} were left as they are.`}
          </Notice>
          <div className="row confirm-actions">
            <Button onClick={finished} data-autofocus>
              Done
            </Button>
          </div>
        </div>
      )}
    </Frame>
  )
}

function Frame({
  title,
  close,
  children,
}: {
  readonly title: string
  readonly close: () => void
  readonly children: React.ReactNode
}) {
  const phone = usePhone()
  return phone ? (
    <Sheet opened onClose={close} title={title} tall>
      {children}
    </Sheet>
  ) : (
    <Modal opened onClose={close} title={title} size={880} closeOnClickOutside={false}>
      {children}
    </Modal>
  )
}

interface ChooseProps {
  readonly draft: Draft
  readonly setDraft: (draft: Draft) => void
  readonly memo: string
  readonly setMemo: (memo: string) => void
  readonly close: () => void
  readonly go: (change: NonNullable<ReturnType<typeof readDraft>['change']>) => void
}

function Choose({ draft, setDraft, memo, setMemo, close, go }: ChooseProps) {
  const { categories } = useCategories()
  const { change } = readDraft(draft)
  const asked = needsMemo(change)
  const ready = change !== undefined && (!asked || memo.trim().length >= 3)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) go(change)
      }}
    >
      <BulkFields draft={draft} set={setDraft} categories={categories} />
      <Textarea
        label="Reason, for the record"
        description={asked ? 'Prices and origins are changed with a reason.' : 'Not needed for this change.'}
        rows={2}
        maxLength={300}
        value={memo}
        onChange={(event) => setMemo(event.currentTarget.value)}
      />
      <div className="row confirm-actions">
        <Button variant="default" onClick={close}>
          Leave it
        </Button>
        <Button type="submit" disabled={!ready}>
          Show what changes
        </Button>
      </div>
    </form>
  )
}

interface SeenProps {
  readonly preview: Preview
  readonly back: (() => void) | undefined
  readonly close: () => void
  readonly go: () => void
}

function Seen({ preview, back, close, go }: SeenProps) {
  const many = preview.changed.length
  return (
    <div className="stack">
      <PreviewTable preview={preview} />
      <div className="row confirm-actions">
        <Button variant="default" onClick={back ?? close}>
          {back ? 'Back' : 'Leave it'}
        </Button>
        <Button onClick={go} disabled={many === 0} data-autofocus>
          {many === 0 ? 'Nothing to change' : `Apply to ${count(many)}`}
        </Button>
      </div>
    </div>
  )
}

function Applying({ done, of }: { readonly done: number; readonly of: number }) {
  return (
    <div className="stack-tight" role="status">
      <p className="tabular">
        {count(done)} of {count(of)} services changed
      </p>
      <progress className="edit-progress" value={done} max={of} />
      <p className="soft small">If this page is closed, the edit can go on from here later.</p>
    </div>
  )
}
