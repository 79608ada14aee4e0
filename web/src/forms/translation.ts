/** What form-js itself says, in Chinese. */
import type { Language } from '@/language/language'

const CHINESE: Record<string, string> = {
  'Add new': '添加一行',
  'All values selected': '已全部选择',
  'Click to remove sorting': '点击取消排序',
  'Click to sort by {value} ascending': '点击按{value}升序排列',
  'Click to sort by {value} descending': '点击按{value}降序排列',
  Collapse: '收起',
  'Date and time must both be entered.': '日期和时间须同时填写。',
  Decrement: '减少',
  'Document reference is not defined.': '没有文件。',
  'Download {fileName}': '下载{fileName}',
  'Expand all ({value})': '展开全部（{value}）',
  'Field is required.': '请填写此项。',
  'Field must be a valid email.': '请填写有效的电子邮箱。',
  'Field must be a valid international phone number. (e.g. +4930664040900)': '请填写有效的电话号码。',
  'Field must have maximum length of {value}.': '最多{value}个字。',
  'Field must have maximum value of {value}.': '不得大于{value}。',
  'Field must have minimum length of {value}.': '至少{value}个字。',
  'Field must have minimum value of {value}.': '不得小于{value}。',
  'Field must match pattern {value}.': '格式不符。',
  Increment: '增加',
  'Max validation value is not a valid number.': '最大值设置有误。',
  'Min validation value is not a valid number.': '最小值设置有误。',
  'Next page': '下一页',
  'No content to show.': '无内容。',
  'No files selected': '未选择文件',
  'No results': '没有符合的选项',
  'Nothing to show.': '无内容。',
  'Please select a valid value, the two nearest valid values are {previousValue} and {nextValue}.': '请填写有效值，最接近的是{previousValue}和{nextValue}。',
  'Previous page': '上一页',
  'Remove tag': '移除',
  Search: '搜索',
  'Skip to search': '跳到搜索',
  'Unable to download document': '文件下载失败',
  'Value is expected to be an integer.': '请填写整数。',
  'Value is expected to have at most 1 decimal digit.': '最多1位小数。',
  'Value is expected to have at most {value} decimal digits.': '最多{value}位小数。',
  'Value is not a number.': '请填写数字。',
  '{page} of {total}': '第{page}页，共{total}页',
  '{value} files selected': '已选择{value}个文件',
}

/** A module for form-js. */
export function translation(language: Language): { translate: [string, unknown] } {
  const words = language === 'zh' ? CHINESE : {}
  const translate = (template: string, replacements: Record<string, unknown> = {}): string =>
    (words[template] ?? template).replace(/\{(\w+)\}/g, (whole, name: string) => (name in replacements ? String(replacements[name]) : whole))
  return { translate: ['value', translate] }
}
