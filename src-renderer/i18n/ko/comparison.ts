export default { title: '두 번째 체크포인트', label: '두 번째 체크포인트의 경로', button: '비교' } as const
