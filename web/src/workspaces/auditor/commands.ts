/** What commands are called. */
import { say, type Pair } from '@/language/language'

const COMMANDS: Record<string, Pair> = {
  StartProcessInstance: ['收到申请', 'Started'],
  CompleteUserTask: ['完成任务', 'Task completed'],
  ClaimUserTask: ['签收', 'Claimed'],
  ReleaseUserTask: ['退回待签收', 'Released'],
  AssignUserTask: ['指派', 'Assigned'],
  DelegateUserTask: ['委托', 'Delegated'],
  CompleteServiceTask: ['系统办理', 'System step'],
  FailServiceTask: ['系统步骤失败', 'System step failed'],
  TriggerTimer: ['到时', 'Timer'],
  DeliverMessage: ['收到消息', 'Message'],
  ResolveIncident: ['重试故障', 'Retried'],
  CancelProcessInstance: ['终止', 'Canceled'],
  SuspendProcessInstance: ['挂起', 'Suspended'],
  ResumeProcessInstance: ['恢复', 'Resumed'],
  SetVariables: ['更正数据', 'Variables set'],
  MoveToken: ['移动令牌', 'Token moved'],
  MigrateProcessInstance: ['迁移版本', 'Migrated'],
  MoveDeadlines: ['期限调整', 'Deadlines moved'],
}

export function commandName(command: string): string {
  const found = COMMANDS[command]
  return found ? say(found) : command
}
