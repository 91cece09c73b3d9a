import '../../shared/exact.css'
import './document.css'
import { Link } from '@tanstack/react-router'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { exactMoment, longDay } from '../../shared/moments.ts'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { Emphasis } from './emphasis.tsx'

type Policy = Answer<'GET /api/policy'>
type Name = Policy['documents'][number]['name']
type Block = Policy['documents'][number]['sections'][number]['body'][number]

const titles: Readonly<Record<Name, string>> = { terms: 'Terms of service', privacy: 'Privacy policy', cookies: 'Cookies' }

interface LegalDocumentProps {
  readonly name: Name
  /** A former version; the one that holds where it is missing. */
  readonly version: number | undefined
}

/** A document of the policy as it was published, with its version and the day it was last updated. */
export function LegalDocument({ name, version }: LegalDocumentProps) {
  const policy = useAnswer('GET /api/policy', { query: version === undefined ? {} : { version: String(version) } })
  useTitle(titles[name], useCatalogue().data?.panelName)
  const shown = policy.data?.documents.find((document) => document.name === name)
  return (
    <PublicFrame>
      <article className="legal">
        <h1>{titles[name]}</h1>
        {policy.error && !policy.data && (
          <FailureNotice failure={policy.error} title="The text could not be read" retry={() => void policy.refetch()} />
        )}
        {policy.isPending && <Bones rows={8} />}
        {policy.data && (
          <p className="faint">
            Version {policy.data.version}. Last updated <PublishedOn at={policy.data.publishedAt} />.{' '}
            <Link to="/versions">All versions</Link>
          </p>
        )}
        {version !== undefined && (
          <Notice tone="info" title={`This is version ${version}`} live={false}>
            It may not be the one that holds now. <Link to={`/${name}`}>Read the current text</Link>
          </Notice>
        )}
        {shown && <Changed policy={policy.data} name={name} />}
        {shown?.sections.map(({ heading, body }) => (
          <section key={heading}>
            <h2>{heading}</h2>
            {body.map((block, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a published text does not move
              <OneBlock key={at} block={block} />
            ))}
          </section>
        ))}
      </article>
    </PublicFrame>
  )
}

/** A policy is of a day: that is what somebody compares and cites. */
const PublishedOn = ({ at }: { readonly at: string }) => (
  <time className="moment exact-start" dateTime={at} data-exact={exactMoment(new Date(at))}>
    {longDay(new Date(at))}
  </time>
)

/** What is new since the version before, in this document. */
function Changed({ policy, name }: { readonly policy: Policy | undefined; readonly name: Name }) {
  const here = policy?.changes.filter(({ document }) => document === name) ?? []
  if (here.length === 0) return null
  return (
    <Notice tone="info" title="What changed with this version" live={false}>
      {here.map(({ heading, kind }) => `${heading}${kind === 'changed' ? '' : ` (${kind})`}`).join(' · ')}
    </Notice>
  )
}

function OneBlock({ block }: { readonly block: Block }) {
  if (typeof block === 'string')
    return (
      <p>
        <Emphasis text={block} />
      </p>
    )
  if (!('head' in block))
    return (
      <ul>
        {block.map((line) => (
          <li key={line}>
            <Emphasis text={line} />
          </li>
        ))}
      </ul>
    )
  return (
    <div className="legal-table">
      <table>
        <thead>
          <tr>
            {block.head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a published text does not move
                <td key={at} data-label={block.head[at]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
