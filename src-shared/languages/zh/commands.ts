import type { CommandId } from '../../commands.ts'

/** Labels of the commands in Simplified Chinese. */
export const commandLabels: Record<CommandId, string> = {
  'go.data': '转到“数据”',
  'go.model': '转到“模型”',
  'go.train': '转到“训练”',
  'go.activity': '转到“活动”',
  'go.inspector': '转到“检查”',
  'go.runs': '转到“运行”',
  'go.settings': '设置',
  'edit.undo': '撤销',
  'edit.redo': '重做',
  'edit.resetAll': '还原所有参数',
  'run.start': '开始训练',
  'run.toggle': '开始或暂停训练',
  'run.stop': '停止训练',
  'inspector.open': '打开检查点',
  'inspector.find': '在检查点中查找',
  'view.theme': '切换浅色与深色主题',
  'help.palette': '查找命令',
  'help.keys': '显示所有快捷键',
}
