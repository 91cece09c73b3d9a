/** The parts of a ZIP file around what is packed in it (PKWARE APPNOTE 6.3). Sizes follow the data, so that it can be streamed. */
export interface Packed {
  readonly name: string
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where its header begins. */
  readonly offset: number
}

const dosDate = 0x21 // 1980-01-01: when it was made is said inside.
const deflate = 8
/** Sizes come after the data; names are UTF-8. */
const flags = 0x0808
const version = 20

export function header(name: string): Buffer {
  const text = Buffer.from(name)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(version, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(deflate, 8)
  head.writeUInt16LE(dosDate, 12)
  head.writeUInt16LE(text.length, 26)
  return Buffer.concat([head, text])
}

export function descriptor({ crc, packedBytes, bytes }: Packed): Buffer {
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(crc, 4)
  tail.writeUInt32LE(packedBytes, 8)
  tail.writeUInt32LE(bytes, 12)
  return tail
}

/** The directory at the end, by which a reader finds everything. */
export function directory(files: readonly Packed[], offset: number): Buffer {
  const entries = Buffer.concat(files.map(entry))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([entries, end])
}

function entry({ name, crc, packedBytes, bytes, offset }: Packed): Buffer {
  const text = Buffer.from(name)
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(version, 4)
  head.writeUInt16LE(version, 6)
  head.writeUInt16LE(flags, 8)
  head.writeUInt16LE(deflate, 10)
  head.writeUInt16LE(dosDate, 14)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(packedBytes, 20)
  head.writeUInt32LE(bytes, 24)
  head.writeUInt16LE(text.length, 28)
  head.writeUInt32LE(offset, 42)
  return Buffer.concat([head, text])
}
