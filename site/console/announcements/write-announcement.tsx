import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { keyOf, useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Notice } from '../../shared/notice.tsx'
import { forField, fromField } from '../local-time.ts'

const audiences = [
  { value: 'everybody', label: 'Everybody' },
  { value: 'resellers', label: 'Resellers: whoever has an API key' },
] as const
const importances = [
  { value: 'notice', label: 'Notice' },
  { value: 'important', label: 'Important' },
] as const
const shownDays = 7

const empty = () => ({
  title: '',
  text: '',
  audience: audiences[0].value as (typeof audiences)[number]['value'],
  importance: importances[0].value as (typeof importances)[number]['value'],
  from: forField(new Date()),
  until: forField(new Date(Date.now() + shownDays * 86_400_000)),
  requestId: crypto.randomUUID(),
})

/** The form, and what customers will see of it, before anybody is told. */
export function WriteAnnouncement() {
  const answers = useQueryClient()
  const [draft, setDraft] = useState(empty)
  const [asking, setAsking] = useState(false)
  const write = useChange('POST /api/admin/announcements', async () => {
    setAsking(false)
    setDraft(empty())
    await answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/announcements') })
  })
  const edit = (part: Partial<typeof draft>): void => setDraft((was) => ({ ...was, ...part }))
  const [from, until] = [fromField(draft.from), fromField(draft.until)]
  const good =
    draft.title.trim().length >= 3 && draft.text.trim().length >= 3 && from !== undefined && until !== undefined && from < until
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (good) setAsking(true)
  }
  return (
    <form className="card stack padded-card" aria-label="Write an announcement" onSubmit={submit}>
      <h2>Write an announcement</h2>
      <TextInput
        label="Title"
        maxLength={120}
        value={draft.title}
        onChange={(event) => edit({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Text"
        description="Plain text, as customers will read it on the site and in the mail."
        rows={5}
        maxLength={5000}
        value={draft.text}
        onChange={(event) => edit({ text: event.currentTarget.value })}
      />
      <div className="row wrap">
        <NativeSelect
          label="For"
          data={audiences}
          value={draft.audience}
          onChange={(event) => edit({ audience: event.currentTarget.value === 'resellers' ? 'resellers' : 'everybody' })}
        />
        <NativeSelect
          label="Importance"
          data={importances}
          value={draft.importance}
          onChange={(event) => edit({ importance: event.currentTarget.value === 'important' ? 'important' : 'notice' })}
        />
        <TextInput
          type="datetime-local"
          label="From (UTC)"
          value={draft.from}
          onChange={(event) => edit({ from: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label="Until (UTC)"
          value={draft.until}
          onChange={(event) => edit({ until: event.currentTarget.value })}
        />
      </div>
      {good && (
        <div>
          <p className="soft small">As customers will see it:</p>
          <Notice tone={draft.importance === 'important' ? 'warn' : 'info'} title={draft.title} live={false}>
            <span className="prewrap">{draft.text}</span>
          </Notice>
        </div>
      )}
      <div>
        <Button type="submit" disabled={!good}>
          Announce
        </Button>
      </div>
      <MemoDialog
        opened={asking}
        title="Tell customers?"
        verb="Announce it"
        busy={write.isPending}
        failure={write.error ?? undefined}
        close={() => setAsking(false)}
        go={(memo) => from && until && write.mutate({ body: { ...draft, from, until, memo } })}
      >
        It is shown on the site from then on, and mailed, a few hundred a minute, to everybody it is for who has not switched
        announcements off. What was mailed cannot be taken back.
      </MemoDialog>
    </form>
  )
}
