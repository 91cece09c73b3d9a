import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { CopyButton } from '../../shared/copy-button.tsx'

/** Where programs speak to, and what that looks like. One's own key stands in it only when asked for. */
export function ProtocolCard({ secret }: { readonly secret: string | undefined }) {
  const [filled, setFilled] = useState(false)
  const address = `${location.origin}/api/v2`
  const key = secret && filled ? secret : 'YOUR_KEY'
  const example = `curl ${address} \\\n  -d key=${key} \\\n  -d action=add \\\n  -d service=1 \\\n  -d link=https://… \\\n  -d quantity=1000`
  return (
    <section className="card protocol" aria-label="How to call it">
      <h2>How to call it</h2>
      <p className="soft">
        The common reseller protocol: one address, a form, and an action. Programs written for other panels work here when they are
        given this address and a key.
      </p>
      <div className="address">
        <code className="one-line">{address}</code>
        <CopyButton text={address} label="Copy the address" />
      </div>
      <div className="example">
        <div className="row">
          <h3 className="grow">Place an order</h3>
          {secret && (
            <Checkbox
              size="xs"
              label="With my new key"
              checked={filled}
              onChange={(event) => setFilled(event.currentTarget.checked)}
            />
          )}
          <CopyButton text={example.replaceAll(' \\\n ', '')} label="Copy the example" />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and the keyboard must get there */}
        <pre tabIndex={0}>{example}</pre>
      </div>
      <dl className="actions">
        <div>
          <dt>
            <code>services</code>
          </dt>
          <dd>The catalogue, with rates per 1,000</dd>
        </div>
        <div>
          <dt>
            <code>add</code>
          </dt>
          <dd>
            Places an order; with <code>request_id</code>, a retry never orders twice
          </dd>
        </div>
        <div>
          <dt>
            <code>status</code>
          </dt>
          <dd>One order, or up to 100 at once</dd>
        </div>
        <div>
          <dt>
            <code>balance</code>
          </dt>
          <dd>What can be spent</dd>
        </div>
      </dl>
      <p className="soft small">
        Beyond its scope a key hears <code>Not allowed with this API key</code>; from an address that is not on its list, as if it
        did not exist, <code>Invalid API key</code>.
      </p>
      <p className="small">
        <a href="/api/openapi.json">The whole API as OpenAPI 3.1</a>
      </p>
    </section>
  )
}
