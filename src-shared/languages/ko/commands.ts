import type { CommandId } from '../../commands.ts'

/** Labels of the commands in Korean. */
export const commandLabels: Record<CommandId, string> = {
  'go.data': '데이터 화면으로 이동',
  'go.model': '모델 화면으로 이동',
  'go.train': '학습 화면으로 이동',
  'go.activity': '활동 화면으로 이동',
  'go.inspector': '검사 화면으로 이동',
  'go.runs': '실행 화면으로 이동',
  'go.settings': '설정',
  'edit.undo': '실행 취소',
  'edit.redo': '다시 실행',
  'edit.resetAll': '모든 파라미터 되돌리기',
  'run.start': '학습 시작',
  'run.toggle': '학습 시작 또는 일시 정지',
  'run.stop': '학습 중지',
  'inspector.open': '체크포인트 열기',
  'inspector.find': '체크포인트에서 찾기',
  'view.theme': '밝은 테마와 어두운 테마 전환',
  'help.palette': '명령 찾기',
  'help.keys': '모든 단축키 보기',
}
