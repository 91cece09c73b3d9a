import './avatar-field.css'
import { Button, FileButton, Progress, Slider } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { use, useEffect, useRef, useState } from 'react'
import { Failure } from '../../failure.ts'
import { CallContext, keyOf, useChange } from '../../shared/answers.ts'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { acceptedBy, upload, whyNot } from '../../shared/upload.ts'
import { Avatar } from '../avatar.tsx'
import { ownFiles } from '../own-files.ts'

/** The picture of the account: chosen, cut to a square here, checked and kept there; or removed. */
export function AvatarField({ fileId }: { readonly fileId: string | undefined }) {
  const answers = useQueryClient()
  const [picture, setPicture] = useState<ImageBitmap>()
  const [fault, setFault] = useState<string>()
  const again = () => answers.invalidateQueries({ queryKey: keyOf('GET /api/me') })
  const remove = useChange('DELETE /api/me/avatar', again)
  const choose = async (file: File | null): Promise<void> => {
    if (!file) return
    // A phone has no memory for whatever somebody may choose.
    const read = file.size > most ? undefined : await createImageBitmap(file).catch(() => undefined)
    setFault(file.size > most ? tooLarge : read ? undefined : unreadable)
    setPicture(read)
  }
  return (
    <div className="stack">
      <div className="avatar-field">
        <span className="avatar-frame">
          <Avatar fileId={fileId} fallback={<IconUser size={26} stroke={1.5} aria-hidden />} />
        </span>
        <div className="avatar-actions">
          <FileButton accept={acceptedBy({ takesText: false })} onChange={(file) => void choose(file)}>
            {(props) => (
              <Button size="xs" variant="default" {...props}>
                {fileId === undefined ? 'Choose a picture' : 'Replace'}
              </Button>
            )}
          </FileButton>
          {fileId !== undefined && (
            <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate({})}>
              Remove
            </Button>
          )}
        </div>
      </div>
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      {remove.error && <FailureNotice failure={remove.error} title="The picture is still there" />}
      <Dialog opened={picture !== undefined} onClose={() => setPicture(undefined)} title="Your picture">
        {picture && <Cut picture={picture} done={() => void again().then(() => setPicture(undefined))} />}
      </Dialog>
    </div>
  )
}

/** In bytes, of what is chosen: what is sent is cut from it, and smaller. */
const most = 25_000_000
const tooLarge = 'This picture is too large to be cut here: 25 MB at most. Save it smaller, or choose another.'
const unreadable = 'This is no picture this browser can read. PNG, JPEG, WebP and GIF are taken.'

/** In pixels. The panel keeps a smaller one. */
const side = 512

function Cut({ picture, done }: { readonly picture: ImageBitmap; readonly done: () => void }) {
  const call = use(CallContext)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [zoom, setZoom] = useState(1)
  const [across, setAcross] = useState(50)
  const [down, setDown] = useState(50)
  const [share, setShare] = useState(0)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const cut = Math.min(picture.width, picture.height) / zoom
    const [left, top] = [((picture.width - cut) * across) / 100, ((picture.height - cut) * down) / 100]
    context.fillStyle = 'white'
    context.fillRect(0, 0, side, side)
    context.drawImage(picture, left, top, cut, cut, 0, 0, side, side)
  }, [picture, zoom, across, down])
  const send = useMutation<void, Error>({
    mutationFn: async () => {
      const file = await new Promise<Blob | null>((cut) => canvas.current?.toBlob(cut, 'image/jpeg', 0.92))
      if (!file) throw new Error('This browser could not cut the picture. Choose another.')
      const fileId = await upload(ownFiles(call, 'avatar'), file, setShare)
      await call('PUT /api/me/avatar', { body: { fileId } })
    },
    onSuccess: done,
  })
  return (
    <div className="stack">
      <canvas ref={canvas} className="avatar-preview" width={side} height={side} role="img" aria-label="How it will look" />
      <div className="stack">
        Size
        <Slider label={null} min={1} max={4} step={0.05} value={zoom} onChange={setZoom} thumbLabel="Size" />
      </div>
      <div className="stack">
        Across
        <Slider label={null} value={across} onChange={setAcross} thumbLabel="Across" />
      </div>
      <div className="stack">
        Down
        <Slider label={null} value={down} onChange={setDown} thumbLabel="Down" />
      </div>
      {send.isPending && <Progress value={share * 100} aria-label={share < 1 ? 'Uploading' : 'Being checked'} />}
      {send.error instanceof Failure ? (
        <FailureNotice failure={send.error} title="The picture was not changed" />
      ) : (
        send.error && <Notice tone="bad" title={whyNot(send.error)} />
      )}
      <Button loading={send.isPending} onClick={() => send.mutate()}>
        Use this picture
      </Button>
    </div>
  )
}
