import './entrance.css'
import type { ReactNode } from 'react'

interface EntranceProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
  /** Other ways in, below. */
  readonly foot?: ReactNode
}

/** A page with one short form: signing in, signing up, a code. */
export function Entrance({ title, lead, children, foot }: EntranceProps) {
  return (
    <section className="entrance card">
      <h1>{title}</h1>
      {lead && <p className="soft entrance-lead">{lead}</p>}
      <div className="entrance-body">{children}</div>
      {foot && <div className="entrance-foot">{foot}</div>}
    </section>
  )
}
