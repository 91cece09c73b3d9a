import './page.css'
import '../../shared/table.css'
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconCategory, IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useMemo, useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { Confirm } from '../../shared/confirm.tsx'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { type Category, useCategories, useServices, useServicesChanged } from './use-services.ts'

/** The headings of the catalogue, in the order that customers see. */
export function CategoriesPage() {
  const { query, categories } = useCategories()
  const services = useServices()
  const changed = useServicesChanged()
  const may = useMay()
  const [naming, setNaming] = useState<Category | 'new'>()
  const [removing, setRemoving] = useState<Category>()
  const place = useChange('PUT /api/admin/categories/{categoryId}/place', changed)
  const remove = useChange('DELETE /api/admin/categories/{categoryId}', () => {
    setRemoving(undefined)
    changed()
  })
  useTitle('Categories', 'Console')
  const under = useMemo(() => Map.groupBy(services.data ?? [], ({ categoryId }) => categoryId), [services.data])
  const editable = may('admin.place-category')

  const put = (category: Category, position: number): void => {
    const others = categories.filter((other) => other !== category)
    const after = position <= 0 ? null : (others[Math.min(position, others.length) - 1]?.categoryId ?? null)
    place.mutate({ path: { categoryId: category.categoryId }, body: { after } })
  }
  return (
    <>
      <div className="page-head">
        <h1>Categories</h1>
        {query.data && (
          <p className="soft tabular" role="status">
            {count(categories.length)} {categories.length === 1 ? 'category' : 'categories'}, in the shop’s order
          </p>
        )}
        {may('admin.add-category') && (
          <Button className="push" onClick={() => setNaming('new')}>
            Add category
          </Button>
        )}
      </div>
      <div className="stack">
        {place.error && <FailureNotice failure={place.error} title="The order was not changed" retry={changed} />}
        <section className="card" aria-label="Categories">
          {query.error && !query.data && (
            <div className="card-body">
              <FailureNotice failure={query.error} title="The categories could not be read" retry={() => void query.refetch()} />
            </div>
          )}
          {query.isPending && <Bones rows={6} height={52} />}
          {query.data && categories.length === 0 && (
            <Nothing icon={IconCategory} title="No categories yet">
              An import brings those of its provider; others are added here.
            </Nothing>
          )}
          <ol aria-busy={place.isPending}>
            {categories.map((category, index) => {
              const { categoryId, name } = category
              const many = under.get(categoryId)?.length ?? 0
              return (
                <li key={categoryId} className="category-line">
                  <span className="category-name">
                    <Link to="/services" search={{ category: categoryId }} className="number-link">
                      {name}
                    </Link>
                    <span className="faint small tabular">
                      {services.data ? `${count(many)} ${many === 1 ? 'service' : 'services'}` : '…'}
                    </span>
                  </span>
                  {editable && (
                    <span className="row category-tools">
                      <ActionIcon
                        variant="default"
                        size={34}
                        aria-label={`Move ${name} up`}
                        disabled={index === 0 || place.isPending}
                        onClick={() => put(category, index - 1)}
                      >
                        <IconArrowUp size={16} stroke={1.8} aria-hidden />
                      </ActionIcon>
                      <ActionIcon
                        variant="default"
                        size={34}
                        aria-label={`Move ${name} down`}
                        disabled={index === categories.length - 1 || place.isPending}
                        onClick={() => put(category, index + 1)}
                      >
                        <IconArrowDown size={16} stroke={1.8} aria-hidden />
                      </ActionIcon>
                      <Menu width={200} position="bottom-end">
                        <Menu.Target>
                          <ActionIcon variant="default" size={34} aria-label={`More for ${name}`}>
                            <IconDots size={16} stroke={1.8} aria-hidden />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item onClick={() => setNaming(category)}>Rename</Menu.Item>
                          <Menu.Item disabled={index === 0} onClick={() => put(category, 0)}>
                            Put first
                          </Menu.Item>
                          <Menu.Item disabled={index === categories.length - 1} onClick={() => put(category, categories.length)}>
                            Put last
                          </Menu.Item>
                          <Menu.Item color="red" disabled={!services.data || many > 0} onClick={() => setRemoving(category)}>
                            {many > 0 ? 'Delete (not empty)' : 'Delete'}
                          </Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    </span>
                  )}
                </li>
              )
            })}
          </ol>
        </section>
      </div>
      <NameCategory
        key={typeof naming === 'object' ? naming.categoryId : naming}
        naming={naming}
        close={() => setNaming(undefined)}
      />
      <Confirm
        opened={removing !== undefined}
        title={`Delete “${removing?.name}”?`}
        verb="Delete"
        busy={remove.isPending}
        failure={remove.error ?? undefined}
        close={() => {
          setRemoving(undefined)
          remove.reset()
        }}
        go={() => removing && remove.mutate({ path: { categoryId: removing.categoryId } })}
      >
        No service is under it. An import of a category of that name makes it anew.
      </Confirm>
    </>
  )
}

/** A new category, or another name for one. */
function NameCategory({ naming, close }: { readonly naming: Category | 'new' | undefined; readonly close: () => void }) {
  const changed = useServicesChanged()
  const before = typeof naming === 'object' ? naming.name : ''
  const [name, setName] = useState(before)
  const done = (): void => {
    changed()
    close()
  }
  const add = useChange('POST /api/admin/categories', done)
  const rename = useChange('PATCH /api/admin/categories/{categoryId}', done)
  const failure = add.error ?? rename.error
  const usable = name.trim() !== '' && name.trim() !== before
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!usable) return
    if (typeof naming === 'object') rename.mutate({ path: { categoryId: naming.categoryId }, body: { name } })
    else add.mutate({ body: { name } })
  }
  return (
    <Dialog opened={naming !== undefined} onClose={close} title={before === '' ? 'Add category' : 'Rename category'}>
      <form className="stack" onSubmit={submit}>
        {failure && <FailureNotice failure={failure} title="Nothing was changed" />}
        <TextInput
          label="Name"
          description="As customers read it. Reviews are not sold here, and no category is named for them."
          autoComplete="off"
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="row confirm-actions">
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
          <Button type="submit" loading={add.isPending || rename.isPending} disabled={!usable}>
            {before === '' ? 'Add' : 'Rename'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
