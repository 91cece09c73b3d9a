import './attachment.css'
import { Button } from '@mantine/core'
import { IconDownload, IconPaperclip } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { failureFrom } from '../../failure.ts'
import { Bones } from '../bones.tsx'
import { Dialog } from '../dialog.tsx'
import { FailureNotice } from '../failure-notice.tsx'
import { useDataUrl } from '../use-data-url.ts'

export interface AttachmentFile {
  readonly fileId: string
  readonly read: () => Promise<Blob>
}

interface AttachmentProps {
  readonly name: string
  readonly file: AttachmentFile
}

/** Read when somebody opens it and not before: each look of staff is on record. */
export function Attachment({ name, file }: AttachmentProps) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <button type="button" className="order-chip attachment" onClick={() => setOpened(true)}>
        <IconPaperclip size={15} stroke={1.8} aria-hidden />
        {name}
      </button>
      <Dialog wide opened={opened} onClose={() => setOpened(false)} title={name}>
        <Content name={name} file={file} />
      </Dialog>
    </>
  )
}

function Content({ name, file: { fileId, read } }: AttachmentProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['attachment', fileId],
    queryFn: async () => {
      const file = await read()
      return { file, text: file.type.startsWith('text/') ? await file.text() : undefined }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const address = useDataUrl(data?.file)
  if (error) return <FailureNotice failure={failureFrom(error)} title="It could not be read" retry={() => void refetch()} />
  if (!data || address === undefined) return <Bones rows={1} height={240} />
  return (
    <div className="stack">
      {data.text === undefined ? (
        <img className="attachment-picture" src={address} alt={name} />
      ) : (
        <pre className="attachment-text">{data.text}</pre>
      )}
      <div>
        <Button
          component="a"
          className="attachment-save"
          href={address}
          download={`${name.toLowerCase().replace(' ', '-')}.${endingOf(data.file.type)}`}
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.8} aria-hidden />}
        >
          Save
        </Button>
      </div>
    </div>
  )
}

const endingOf = (type: string): string => (type.startsWith('text/') ? 'txt' : type === 'image/png' ? 'png' : 'jpg')
