export default { title: '第二个检查点', label: '第二个检查点的路径', button: '比较' } as const
