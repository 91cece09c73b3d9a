import './search-dialog.css'
import { Modal } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { usePhone } from '../../shared/use-phone.ts'
import { Finder } from './finder.tsx'
import { finderField } from './finder-field.ts'

/** The keys that lead to search. */
export const SearchKey = () => <kbd className="key">{/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'} K</kbd>

/** Search from anywhere: Ctrl or ⌘ and K. Where the finder is on the page already, it is that one. */
export function SearchDialog() {
  const [opened, setOpened] = useState(false)
  const navigate = useNavigate()
  const phone = usePhone()
  const onOrderPage = useLocation().pathname === '/new'
  const open = (): void => {
    if (onOrderPage && finderField.current) finderField.current.focus()
    else setOpened(true)
  }
  useHotkeys([['mod+K', open]], [])
  return (
    <>
      {onOrderPage && !phone ? (
        <h1>New order</h1>
      ) : (
        <button
          type="button"
          className="search-button"
          onClick={open}
          aria-label="Search services"
          aria-keyshortcuts="Control+K Meta+K"
        >
          <IconSearch size={phone ? 20 : 16} stroke={1.8} aria-hidden />
          <span>Search services</span>
          <SearchKey />
        </button>
      )}
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        withCloseButton={phone}
        title={phone ? 'Search services' : undefined}
        fullScreen={phone}
        size={720}
        padding={0}
        centered={false}
        aria-label="Search services"
        classNames={{ body: 'search-dialog-body', content: 'search-dialog-content', header: 'search-dialog-head' }}
      >
        <Finder
          autoFocus
          onChoose={({ serviceId }) => {
            setOpened(false)
            void navigate({ to: '/new', search: { service: serviceId } })
          }}
        />
      </Modal>
    </>
  )
}
