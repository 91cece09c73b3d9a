import { Checkbox, NativeSelect } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Appearance } from '../../shared/appearance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useCatalogue } from '../catalogue.ts'

type Me = Answer<'GET /api/me'>
type Preferences = Me['preferences']

const languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'es', label: 'Español' },
] as const satisfies readonly { value: Preferences['language']; label: string }[]

/** How the panel looks and writes to one; each choice holds at once, and in every browser. */
export function PreferencesCard({ preferences }: { readonly preferences: Preferences }) {
  const answers = useQueryClient()
  const ledger = useCatalogue().data?.currency
  const currencies = useAnswer('GET /api/currencies', {}).data?.rates.map(({ currency }) => currency) ?? []
  // One that is not offered any more stays what was chosen.
  const offered = [...new Set([...currencies, ...(preferences.currency ? [preferences.currency] : [])])]
  const key = keyOf('GET /api/me')
  const change = useChange('PUT /api/me/preferences', () => answers.invalidateQueries({ queryKey: key }))
  const choose = (part: Partial<Preferences>): void => {
    const body = { ...preferences, ...part }
    change.mutate({ body }, { onError: () => void answers.invalidateQueries({ queryKey: key }) })
    answers.setQueryData<Me>(key, (me) => me && { ...me, preferences: body })
  }
  return (
    <section className="card settings-card" aria-label="Preferences">
      <h2>Preferences</h2>
      {change.error && <FailureNotice failure={change.error} title="The choice was not kept" />}
      <NativeSelect
        label="Language"
        description="Mails come in it, and dates and numbers are written as it writes them. The pages are in English."
        data={languages}
        value={preferences.language}
        onChange={(event) => {
          const chosen = languages.find(({ value }) => value === event.currentTarget.value)
          if (chosen) choose({ language: chosen.value })
        }}
      />
      <NativeSelect
        label="Second currency"
        description={`Beside the exact amounts${ledger ? ` in ${ledger}` : ''}, never in their place, and about right: the people who run this panel set the rates.`}
        data={[{ value: '', label: 'None' }, ...offered]}
        value={preferences.currency ?? ''}
        onChange={(event) => choose({ currency: event.currentTarget.value || undefined })}
      />
      <div>
        <p className="settings-label">Appearance</p>
        <Appearance chosen={(theme) => choose({ theme })} />
      </div>
      <Checkbox
        label="Announcements by mail"
        description="News of services and of this panel. What concerns the safety of your account and changes of the terms always comes."
        checked={preferences.announcements}
        onChange={(event) => choose({ announcements: event.currentTarget.checked })}
      />
      <Checkbox
        label="Answers to tickets by mail"
        description="That there is an answer, not what it says: it is read here."
        checked={preferences.ticketMails}
        onChange={(event) => choose({ ticketMails: event.currentTarget.checked })}
      />
      <Checkbox
        label="Daily mail of changes"
        description="On days when a service you have ordered changed its price, went or came back. Never of others."
        checked={preferences.changes}
        onChange={(event) => choose({ changes: event.currentTarget.checked })}
      />
    </section>
  )
}
