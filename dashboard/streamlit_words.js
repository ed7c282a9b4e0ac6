// Streamlit's own words on Chinese pages. It has no way to be given them, so they are replaced where
// it has drawn them; what the dashboard itself says comes translated and is not looked at.
const WORDS = {
  "(opens in new tab)": "（在新标签页打开）",
  "Add files": "添加文件",
  "App pages": "页面",
  "Autosize": "自动列宽",
  "Cancel": "取消",
  "Choose an option": "请选择",
  "Choose date": "选择日期",
  "Choose options": "请选择",
  "Clear all": "全部清除",
  "Clear date": "清除日期",
  "Clear entry": "清除内容",
  "Clear selection": "取消选择",
  "Clear value": "清除",
  "Close": "关闭",
  "Close Search": "关闭查找",
  "Close fullscreen": "退出全屏",
  "Close sidebar": "收起菜单",
  "Collapse sidebar": "收起菜单",
  "Connecting": "正在连接",
  "Connecting to Streamlit server": "正在连接服务器",
  "Connection error": "连接中断",
  "Copied!": "已复制",
  "Copy": "复制",
  "Copy Vega-Lite spec": "复制图表代码",
  "Copy column name": "复制列名",
  "Copy to clipboard": "复制",
  "Dataframe column menu": "列菜单",
  "Decrement": "减少",
  "Dismiss": "关闭",
  "Download as CSV": "下载为 CSV",
  "Download as PNG": "下载为图片",
  "Drag and drop a file here": "将文件拖到这里",
  "Drag and drop files here": "将文件拖到这里",
  "Error": "出错",
  "Expand sidebar": "展开菜单",
  "Format": "格式",
  "Fullscreen": "全屏",
  "Help": "说明",
  "Hide column": "隐藏此列",
  "Hide password text": "隐藏密码",
  "Increment": "增加",
  "Main menu": "主菜单",
  "Next": "下一个",
  "Next Result": "下一处",
  "Next month": "下个月",
  "Next page": "下一页",
  "No data": "没有数据",
  "No options to select": "没有可选项",
  "No options to select.": "没有可选项",
  "No results": "没有符合的选项",
  "Notifications": "通知",
  "Open": "展开",
  "Page not found": "没有这个页面",
  "Pagination": "翻页",
  "Pin column": "固定此列",
  "Press Enter to apply": "按回车键确认",
  "Press Enter to submit form": "按回车键提交",
  "Previous Result": "上一处",
  "Previous month": "上个月",
  "Previous page": "上一页",
  "Print": "打印",
  "Rerun": "刷新",
  "Running...": "正在运行…",
  "Scroll tabs left": "向左滚动",
  "Scroll tabs right": "向右滚动",
  "Search": "查找",
  "Select all": "全选",
  "Select...": "请选择",
  "Selected values": "已选项",
  "Show chart": "显示图表",
  "Show data": "显示数据",
  "Show password text": "显示密码",
  "Show/hide columns": "显示或隐藏列",
  "Sidebar": "菜单",
  "Skip to main content": "跳到正文",
  "Sort ascending": "升序",
  "Sort descending": "降序",
  "Statistics": "统计",
  "Stop": "停止",
  "Stopping...": "正在停止…",
  "Theme": "主题",
  "Unable to connect to Streamlit server": "无法连接服务器",
  "Unpin column": "取消固定",
  "Upload": "选择文件",
  "View less": "收起",
  "calendar": "日历",
  "dd": "日",
  "file upload": "选择文件",
  "mm": "月",
  "view less": "收起",
  "view more": "展开",
  "yyyy": "年",
}
const day = (text) => {
  const at = new Date(text)
  return Number.isNaN(at.getTime())
    ? text
    : `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日`
}
const PATTERNS = [
  [/^(\d+) more$/, (n) => `更多（${n}）`],
  [/^View (\d+) more$/, (n) => `展开其余 ${n} 项`],
  [/^Page (\d+)$/, (n) => `第 ${n} 页`],
  [/^Selected Date: (.+)$/, (date) => `所选日期：${day(date)}`],
  [/^Remove (.+)$/, (what) => `移除 ${what}`],
  [/^(\d+) results?$/, (n) => `${n} 处`],
  [/^(\d+) of (\d+)$/, (at, all) => `第 ${at} 处，共 ${all} 处`],
  [/^File must be (.+?) ?([KMG]B) or smaller\.$/, (n, unit) => `文件不能超过 ${n} ${unit}。`],
  [/^\S+ files are not allowed\.$/, () => "不接受这种文件。"],
  [
    /^(You have requested page|The page that you have requested) .*main page\.$/s,
    () => "所要的页面不存在，已打开首页。",
  ],
  [
    /^(Is Streamlit still running|Streamlit server is not responding).*$/s,
    () => "服务器没有回应，请检查网络，或稍后再试。",
  ],
  [/^Connection lost\..*$/s, () => "连接中断，请等待恢复后重试。"],
  // The buttons of a tool bar say of which table or chart they are.
  [
    /^(Clear selection|Close fullscreen|Copy Vega-Lite spec|Download as PNG|Fullscreen|Search|Show chart|Show data|Show\/hide columns): (.+)$/s,
    (does, name) => `${WORDS[does]}：${name}`,
  ],
]
const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-valuetext"]
const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stJson"], [data-testid="stCode"]'
const THEIRS =
  '[data-testid="stFileUploader"], [data-testid="stElementToolbar"], [role="menu"], [role="dialog"], [role="tooltip"], [data-testid="stTopNavSection"]'

const inChinese = (text) => {
  const said = text.trim()
  if (!/[A-Za-z]/.test(said)) return null
  if (Object.hasOwn(WORDS, said)) return WORDS[said]
  for (const [pattern, say] of PATTERNS) {
    const found = pattern.exec(said)
    if (found) return say(...found.slice(1))
  }
  return null
}

// What was replaced, by node, so that a page that turns to English gets its words back.
const replaced = new Map()
const speaksChinese = () => document.documentElement.lang.startsWith("zh")

const sayText = (node) => {
  const parent = node.parentElement
  if (!parent || parent.closest("script, style, textarea")) return
  if (parent.closest(OURS) && !parent.closest(THEIRS)) return
  const said = inChinese(node.data)
  if (said === null) return
  replaced.set(node, node.data)
  node.data = said
}
const sayAttributes = (element) => {
  for (const name of ATTRIBUTES) {
    const said = element.hasAttribute(name) ? inChinese(element.getAttribute(name)) : null
    if (said === null) continue
    replaced.set(element, { ...replaced.get(element), [name]: element.getAttribute(name) })
    element.setAttribute(name, said)
  }
}
// A chart has thousands of nodes, all of them ours.
const notInCharts = (node) =>
  node.nodeName === "svg" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
const sayWithin = (root) => {
  if (root.nodeType === Node.TEXT_NODE) return sayText(root)
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest("svg")) return
  const what = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT
  const walker = document.createTreeWalker(root, what, notInCharts)
  for (let node = root; node; node = walker.nextNode())
    node.nodeType === Node.TEXT_NODE ? sayText(node) : sayAttributes(node)
}
const giveBack = () => {
  for (const [node, was] of replaced)
    if (typeof was === "string") node.data = was
    else for (const [name, value] of Object.entries(was)) node.setAttribute(name, value)
  replaced.clear()
}

new MutationObserver((changes) => {
  if (changes.some((change) => change.target === document.documentElement)) {
    if (speaksChinese()) sayWithin(document.body)
    else giveBack()
  }
  if (!speaksChinese()) return
  for (const node of replaced.keys()) if (!node.isConnected) replaced.delete(node)
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(sayWithin)
    else if (change.type === "characterData") sayText(change.target)
    else if (change.target !== document.documentElement) sayAttributes(change.target)
  }
}).observe(document.documentElement, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: [...ATTRIBUTES, "lang"],
})
if (speaksChinese()) sayWithin(document.body)
