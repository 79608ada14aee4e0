export const words = {
  zh: {
    diagram: '流程图', active: '正在办理', done: '已办', canceled: '已取消', incident: '故障', element: '环节', state: '状态', zoomIn: '放大',
    zoomOut: '缩小', fit: '适合窗口', table: '以表格显示', times: '{count}次', legend: '图例',
  },
  en: {
    diagram: 'Diagram', active: 'In progress', done: 'Done', canceled: 'Canceled', incident: 'Incident', element: 'Element', state: 'State',
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Fit', table: 'As a table', times: '{count} times', legend: 'Legend',
  },
}
