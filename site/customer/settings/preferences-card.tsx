import { NativeSelect, Switch } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Answer } from '../../api.ts'
import { keyOf, useChange } from '../../shared/answers.ts'
import { Appearance } from '../../shared/appearance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'

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
      <div>
        <p className="settings-label">Appearance</p>
        <Appearance chosen={(theme) => choose({ theme })} />
      </div>
      <Switch
        label="Announcements by mail"
        description="News of services and of this panel. What concerns the safety of your account and changes of the terms always comes."
        checked={preferences.announcements}
        onChange={(event) => choose({ announcements: event.currentTarget.checked })}
      />
    </section>
  )
}
