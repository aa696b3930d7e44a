export default {
  percent: '{value}%',
  seconds: '{seconds} 秒',
  minutes: '{minutes} 分 {seconds} 秒',
  hours: '{hours} 小时 {minutes} 分',
}
