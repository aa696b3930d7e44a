import type { uploadErrors } from '../../errors/uploads.ts'

/** Errors of handing over files in Korean. */
export const uploadSentences: Record<keyof typeof uploadErrors, string> = {
  'upload.name':
    '"{name}"은(는) 여기서 파일 이름으로 쓸 수 없습니다. 이름을 바꾸거나, 끌어 놓는 대신 폴더의 경로를 지정하십시오.',
  'upload.tooLarge':
    '{name} 항목은 파일 {files}개, {found}바이트입니다. 파일 {most}개, {limit}바이트까지 넘겨받을 수 있습니다. 끌어 놓는 대신 경로를 지정하십시오.',
  'upload.space':
    '{name} 항목에는 {needed}바이트가 필요한데, 작업 공간의 디스크에 {free}바이트가 남아 있습니다. 공간을 비우거나, 끌어 놓는 대신 경로를 지정하십시오.',
  'upload.order': '{name} 항목이 순서대로 도착하지 않아 아무것도 남기지 않았습니다. 다시 끌어 놓으십시오.',
  'upload.unknown': '이 전송은 끝났습니다. 파일이나 폴더를 다시 끌어 놓으십시오.',
  'upload.tooMany': '전송 {count}건이 진행 중입니다. 그중 하나가 끝날 때까지 기다리십시오.',
  'upload.unwritable': '{name} 항목을 작업 공간에 둘 수 없습니다({reason}). 아무것도 남기지 않았습니다.',
}
