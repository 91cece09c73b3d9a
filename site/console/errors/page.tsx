import './page.css'
import '../orders/page.css'
import { Button } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { useProviders } from '../orders/use-providers.ts'
import { ClassifyText } from './classify-text.tsx'
import { SettleText } from './settle-text.tsx'
import { meaningWord } from './words.ts'

export type ErrorText = Answer<'GET /api/admin/error-texts'>['rows'][number]
type Doing = { readonly what: 'classify' | 'settle'; readonly text: ErrorText }

/** Errors of providers that the panel does not know: each is said once what it means, and is that from then on. */
export function ErrorsPage() {
  const texts = useAnswer('GET /api/admin/error-texts', {}, { every: () => 60_000 })
  const answers = useQueryClient()
  const [doing, setDoing] = useState<Doing>()
  const [told, setTold] = useState<string>()
  useTitle('Provider errors', 'Console')
  const rows = texts.data?.rows
  const done = (words: string): void => {
    setDoing(undefined)
    setTold(words)
    void answers.invalidateQueries()
  }
  const open = rows?.filter(({ meaning }) => meaning === undefined) ?? []
  const known = rows?.filter(({ meaning }) => meaning !== undefined) ?? []
  return (
    <>
      <div className="page-head">
        <h1>Provider errors</h1>
      </div>
      <div className="stack">
        {told && <Notice tone="good" title={told} />}
        <section className="card" aria-label="Not classified">
          <div className="card-head">
            <h2>Not classified</h2>
          </div>
          <p className="soft list-lead">
            A provider answered this to an order, and the panel does not know whether that means that it took it. Such an order is
            neither sent again nor refunded until you know. Say once what it means, and it is that from then on.
          </p>
          {texts.error && !rows && (
            <div className="card-body">
              <FailureNotice failure={texts.error} title="They could not be read" retry={() => void texts.refetch()} />
            </div>
          )}
          {!rows && !texts.error && <Bones rows={4} />}
          {rows && open.length === 0 && (
            <Nothing icon={IconChecks} title="Every error is classified">
              One appears here when a provider answers an order with words that nobody has heard.
            </Nothing>
          )}
          <TextList texts={open} act={setDoing} />
        </section>
        {known.length > 0 && (
          <section className="card" aria-label="Classified">
            <div className="card-head">
              <h2>Classified</h2>
            </div>
            <TextList texts={known} act={setDoing} />
          </section>
        )}
      </div>
      {doing?.what === 'classify' && (
        <ClassifyText
          text={doing.text}
          close={() => setDoing(undefined)}
          done={(words, meaning) => {
            done(words)
            if (meaning !== 'nothing') setDoing({ what: 'settle', text: doing.text })
          }}
        />
      )}
      {doing?.what === 'settle' && <SettleText text={doing.text} close={() => setDoing(undefined)} done={done} />}
    </>
  )
}

function TextList({ texts, act }: { readonly texts: readonly ErrorText[]; readonly act: (doing: Doing) => void }) {
  const { nameOf } = useProviders()
  const may = useMay()
  return (
    <ul className="error-texts">
      {texts.map((text) => (
        <li key={`${text.providerId} ${text.textId}`}>
          <div className="grow">
            <blockquote className="provider-words">{text.said}</blockquote>
            <p className="small">
              {nameOf(text.providerId) ?? text.providerId} · {count(text.times)} {text.times === 1 ? 'time' : 'times'}, last{' '}
              <Moment at={text.lastAt} alone /> about{' '}
              <Link to="/orders/$orderId" params={{ orderId: String(text.orderId) }}>
                order {text.orderId}
              </Link>
            </p>
            <p className="soft small">
              {text.meaning ? meaningWord(text.meaning) : `Known again as “${text.text}”, whatever the figures`}
            </p>
          </div>
          <div className="row wrap">
            {may('admin.preview-error-text') && text.meaning && text.meaning !== 'nothing' && (
              <Button variant="default" onClick={() => act({ what: 'settle', text })}>
                Settle its orders
              </Button>
            )}
            {may('admin.classify-error-text') && (
              <Button variant="default" onClick={() => act({ what: 'classify', text })}>
                {text.meaning ? 'Change' : 'Say what it means'}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
