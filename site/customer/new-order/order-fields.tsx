import './order-fields.css'
import { Textarea, TextInput } from '@mantine/core'
import type { RefObject } from 'react'
import { commentLines } from '../../../core/orders/comment-lines.ts'
import { count } from '../../shared/amounts.ts'
import { type Service, useWantedLink } from '../catalogue.ts'
import { asks, type Draft, type Problems, steps } from './draft.ts'
import { DripFields } from './drip-fields.tsx'

interface OrderFieldsProps {
  readonly service: Service
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
  /** Only of the fields that are to be told about. */
  readonly problems: Partial<Problems>
  readonly leave: (field: keyof Draft) => void
  readonly fields: Readonly<Record<keyof Draft, RefObject<HTMLElement | null>>>
}

/** The form that is the service's own: a link, and a quantity or lines as its type asks. */
export function OrderFields({ service, draft, change, problems, leave, fields }: OrderFieldsProps) {
  const asked = asks(service)
  const { link } = problems
  const wanted = useWantedLink(service)
  return (
    <>
      <TextInput
        label="Link"
        name="link"
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder={wanted?.example ?? 'https://'}
        description={wanted && `To ${wanted.says}.`}
        ref={fields.link as RefObject<HTMLInputElement | null>}
        value={draft.link}
        onChange={(event) => change({ link: event.currentTarget.value })}
        onBlur={() => leave('link')}
        error={
          link?.problem && (
            <>
              {link.problem}
              {link.suggestion && (
                <button type="button" className="inline-button" onClick={() => change({ link: link.suggestion ?? '' })}>
                  Use {link.suggestion.slice(0, 40)}
                </button>
              )}
            </>
          )
        }
      />
      {asked.quantity && (
        <div>
          <TextInput
            label={draft.runs !== '' && asked.runs ? 'Quantity of one run' : 'Quantity'}
            name="quantity"
            inputMode="numeric"
            autoComplete="off"
            placeholder={`${count(service.min)} – ${count(service.max)}`}
            ref={fields.quantity as RefObject<HTMLInputElement | null>}
            value={draft.quantity}
            onChange={(event) => change({ quantity: event.currentTarget.value.replace(/\D/g, '').slice(0, 10) })}
            onBlur={() => leave('quantity')}
            error={problems.quantity}
            classNames={{ input: 'tabular' }}
          />
          <fieldset className="steps">
            <legend className="unseen">Usual quantities</legend>
            {steps(service).map((step) => (
              <button
                key={step}
                type="button"
                className="step tabular"
                aria-pressed={draft.quantity === String(step)}
                onClick={() => change({ quantity: String(step) })}
              >
                {count(step)}
              </button>
            ))}
          </fieldset>
        </div>
      )}
      {asked.runs && (
        <DripFields key={service.serviceId} draft={draft} change={change} problems={problems} leave={leave} fields={fields} />
      )}
      {asked.comments && (
        <Textarea
          label={
            <span className="label-with-count">
              Comments, one per line
              <span className="faint tabular">
                {count(commentLines(draft.comments).length)} {commentLines(draft.comments).length === 1 ? 'line' : 'lines'}
                {service.charged === 'lines of comments' && ` of ${count(service.min)} – ${count(service.max)}`}
              </span>
            </span>
          }
          name="comments"
          ref={fields.comments as RefObject<HTMLTextAreaElement | null>}
          value={draft.comments}
          onChange={(event) => change({ comments: event.currentTarget.value })}
          onBlur={() => leave('comments')}
          error={problems.comments}
          classNames={{ input: 'comments-input', label: 'comments-label' }}
        />
      )}
    </>
  )
}
