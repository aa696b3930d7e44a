export default {
  percent: '{value}%',
  seconds: '{seconds}초',
  minutes: '{minutes}분 {seconds}초',
  hours: '{hours}시간 {minutes}분',
}
