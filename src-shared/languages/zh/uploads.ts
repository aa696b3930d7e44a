import type { uploadErrors } from '../../errors/uploads.ts'

/** Errors of handing over files in Chinese. */
export const uploadSentences: Record<keyof typeof uploadErrors, string> = {
  'upload.name': '“{name}”在这里不能用作文件名。请重命名，或给出文件夹的路径，而不是拖放它。',
  'upload.tooLarge':
    '{name} 共有 {files} 个文件、{found} 字节。最多可以移交 {most} 个文件、{limit} 字节。请给出它的路径，而不是拖放它。',
  'upload.space':
    '{name} 需要 {needed} 字节，而工作区所在磁盘只剩 {free} 字节。请腾出空间，或给出它的路径，而不是拖放它。',
  'upload.order': '{name} 没有按顺序到达，因此没有保留任何内容。请重新拖放。',
  'upload.unknown': '这次传输已经结束。请重新拖放该文件或文件夹。',
  'upload.tooMany': '有 {count} 个传输正在进行。请等待其中一个结束。',
  'upload.unwritable': '无法把 {name} 存入工作区：{reason}。没有保留任何内容。',
}
