import { Button } from '@mantine/core'
import { IconMoodEmpty, IconSearchOff } from '@tabler/icons-react'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import type { useCatalogue } from '../catalogue.ts'
import { useServiceRowHeight } from './service-row.tsx'
import type { ServiceSearch } from './use-search.ts'

interface CatalogueStatesProps {
  readonly catalogue: ReturnType<typeof useCatalogue>
  readonly search: ServiceSearch
  /** How many rows stand in for those that are on their way. */
  readonly rows: number
  /** Nothing is found. */
  readonly none: boolean
}

/** What stands where services would: not here yet, could not be read, or none found. */
export function CatalogueStates({ catalogue, search, rows, none }: CatalogueStatesProps) {
  const rowHeight = useServiceRowHeight()
  return (
    <>
      {catalogue.isPending && <Bones rows={rows} height={rowHeight} />}
      {catalogue.error && (
        <div className="card-body">
          <FailureNotice failure={catalogue.error} title="The catalogue could not be read" retry={() => void catalogue.refetch()} />
        </div>
      )}
      {catalogue.data && none && <NoService search={search} any={catalogue.data.services.length > 0} />}
    </>
  )
}

function NoService({ search, any }: { readonly search: ServiceSearch; readonly any: boolean }) {
  if (!any)
    return (
      <Nothing icon={IconMoodEmpty} title="Nothing is sold here yet">
        Services appear as soon as the people who run this panel put them on sale.
      </Nothing>
    )
  return (
    <Nothing
      icon={IconSearchOff}
      title="No service matches"
      action={
        <Button variant="default" onClick={search.clear}>
          Clear filters
        </Button>
      }
    >
      Try fewer words, or another category.
    </Nothing>
  )
}
