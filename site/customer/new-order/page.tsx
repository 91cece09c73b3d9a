import './page.css'
import { IconArrowLeft, IconPointer } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type Dispatch, type SetStateAction, useEffect, useMemo, useRef, useState } from 'react'
import type { Answer } from '../../api.ts'
import { useAnswer, usePages } from '../../shared/answers.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { usePhone } from '../../shared/use-phone.ts'
import { type Service, useCatalogue, useServiceNames } from '../catalogue.ts'
import { Finder } from '../finder/finder.tsx'
import { finderField } from '../finder/finder-field.ts'
import { originWords } from '../service-words.ts'
import { type Draft, draftOf, emptyDraft } from './draft.ts'
import { OrderForm } from './order-form.tsx'
import { Receipt } from './receipt.tsx'

interface Bought {
  readonly order: Answer<'POST /api/orders'>
  readonly draft: Draft
}

interface NewOrderPageProps {
  readonly service: number | undefined
  /** An order that is to be placed once more: the form begins with what was asked for then. */
  readonly again: number | undefined
}

/** Left the finder, right the form that becomes the service's own. On phones one after the other. */
export function NewOrderPage({ service: wanted, again }: NewOrderPageProps) {
  const { data: catalogue } = useCatalogue()
  const services = useServiceNames()
  const service = wanted === undefined ? undefined : services.get(wanted)
  const [draft, setDraft] = useState(emptyDraft)
  useAgain(again, service, setDraft)
  const [bought, setBought] = useState<Bought>()
  const recent = useRecent(services)
  const navigate = useNavigate()
  const phone = usePhone()
  const side = useRef<HTMLDivElement>(null)
  useTitle('New order', catalogue?.panelName)

  const choose = (chosen: Service | undefined): void => {
    if (chosen?.charged !== service?.charged) setDraft({ ...draft, quantity: '', comments: '', runs: '', interval: '' })
    void navigate({ to: '/new', search: chosen ? { service: chosen.serviceId } : {}, replace: !phone })
    if (chosen)
      requestAnimationFrame(() =>
        side.current?.querySelector<HTMLInputElement>('input[name=link]')?.focus({ preventScroll: phone }),
      )
  }

  const currency = catalogue?.currency ?? ''
  return (
    <div className="new-order" data-chosen={service !== undefined}>
      {phone && <h1 className="unseen">New order</h1>}
      {(!phone || !service) && (
        <section className="new-order-finder card" aria-label="Services">
          <Finder onChoose={choose} chosen={wanted} recent={recent} field={finderField} />
        </section>
      )}
      {(!phone || service || bought) && (
        <div className="new-order-side" ref={side}>
          {bought && (
            <Receipt
              key={bought.order.orderId}
              placed={bought.order}
              serviceName={services.get(bought.order.serviceId)?.name ?? `Service ${bought.order.serviceId}`}
              currency={currency}
              again={() => {
                setDraft(bought.draft)
                choose(services.get(bought.order.serviceId))
              }}
              dismiss={() => setBought(undefined)}
            />
          )}
          {(service || !phone) && (
            <section className="card" aria-label="Order">
              {service ? (
                <>
                  <header className="order-head">
                    {phone && (
                      <button
                        type="button"
                        className="icon-button"
                        onClick={() => choose(undefined)}
                        aria-label="Choose another service"
                      >
                        <IconArrowLeft size={20} stroke={1.7} aria-hidden />
                      </button>
                    )}
                    <div className="grow">
                      <h2 className="order-head-name">{service.name}</h2>
                      <p className="faint small tabular">
                        #{service.serviceId} · {service.category}
                        {service.origin && <span title="Where the effect comes from"> · {originWords[service.origin]}</span>}
                      </p>
                    </div>
                  </header>
                  <OrderForm
                    service={service}
                    currency={currency}
                    draft={draft}
                    setDraft={setDraft}
                    onPlaced={(order, placed) => setBought({ order, draft: placed })}
                    leave={() => void navigate({ to: '/orders' })}
                  />
                </>
              ) : (
                <NothingChosen gone={wanted !== undefined && catalogue !== undefined} />
              )}
            </section>
          )}
        </div>
      )}
    </div>
  )
}

function NothingChosen({ gone }: { readonly gone: boolean }) {
  return gone ? (
    <Nothing icon={IconPointer} title="This service is not sold any more">
      Choose another one. Nothing was charged.
    </Nothing>
  ) : (
    <Nothing icon={IconPointer} title="Choose a service">
      Its form opens here: the link, how much of it, and the exact price before anything is paid.
    </Nothing>
  )
}

/** The services of the latest orders: what is bought once is bought again. */
function useRecent(services: ReadonlyMap<number, Service>): readonly Service[] {
  const { rows } = usePages('GET /api/orders', {})
  return useMemo(
    () => [...new Set(rows?.map(({ serviceId }) => serviceId))].flatMap((id) => services.get(id) ?? []).slice(0, 4),
    [rows, services],
  )
}

/** What was asked for with an order of before, once; whoever has typed by then keeps what they typed. */
function useAgain(again: number | undefined, service: Service | undefined, setDraft: Dispatch<SetStateAction<Draft>>): void {
  const { data: order } = useAnswer(
    'GET /api/orders/{orderId}',
    { path: { orderId: again ?? 0 } },
    { enabled: again !== undefined },
  )
  const filled = useRef<number>(undefined)
  useEffect(() => {
    if (!order || order.serviceId !== service?.serviceId || filled.current === order.orderId) return
    filled.current = order.orderId
    setDraft((draft) => (draft === emptyDraft ? draftOf(order) : draft))
  }, [order, service, setDraft])
}
