import { useState } from 'react'
import type { TextMeaning } from '../../../core/protocol/error-texts.ts'
import { useChange } from '../../shared/answers.ts'
import { Choices } from '../../shared/choices.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { ErrorText } from './page.tsx'
import { meanings, meaningWord } from './words.ts'

interface ClassifyTextProps {
  readonly text: ErrorText
  readonly close: () => void
  /** With what is to be told of it. */
  readonly done: (told: string, meaning: TextMeaning) => void
}

/** Asks what an error means; what follows from each meaning stands beside it. */
export function ClassifyText({ text, close, done }: ClassifyTextProps) {
  const [meaning, setMeaning] = useState<TextMeaning>(text.meaning ?? 'nothing')
  const classify = useChange('PUT /api/admin/providers/{providerId}/error-texts/{textId}', () =>
    done(`“${text.said}” is classified: ${meaningWord(meaning).toLowerCase()}`, meaning),
  )
  const { providerId, textId, meaning: seen } = text
  return (
    <MemoDialog
      opened
      title="What does it mean?"
      verb="Classify it"
      busy={classify.isPending}
      unready={meaning === seen}
      failure={classify.error ?? undefined}
      close={close}
      go={(memo) => classify.mutate({ path: { providerId, textId }, body: { meaning, ...(seen ? { seen } : {}), memo } })}
    >
      <div className="stack">
        <blockquote className="provider-words">{text.said}</blockquote>
        <Choices
          label="From now on, from this provider"
          names={text.isCut ? meanings.filter(([name]) => name === 'nothing') : meanings}
          chosen={meaning}
          choose={setMeaning}
        />
        {text.isCut && <p>Something of it is missing, and might say otherwise: it can mean nothing else.</p>}
        {text.text.includes('#') && <p>It is known again whatever figures stand in it. Leave it where the figures decide.</p>}
        <p>Orders that hang on it already are not touched by this: you are asked about them next.</p>
      </div>
    </MemoDialog>
  )
}
