import type { importErrors, importPhrases } from '../../errors/imports.ts'

/** Errors of importing datasets in Korean. */
export const importSentences: Record<keyof typeof importErrors, string> = {
  'dataset.fileTooLarge':
    '{file} 파일의 크기가 {found}바이트입니다. 기록이나 그림 하나에서 읽을 수 있는 최대 크기는 {limit}바이트입니다. 여러 부분으로 나누십시오.',
  'dataset.wantsImages':
    '{dataset} 데이터셋은 이벤트 기록으로 되어 있는데, 여기에는 이미지가 필요합니다. 이미지 데이터셋을 고르십시오.',
  'dataset.wantsEvents':
    '{dataset} 데이터셋은 이미지로 되어 있는데, 여기에는 이벤트 기록이 필요합니다. 이벤트 데이터셋을 고르거나 이미지로 만드십시오.',
  'dataset.noWorkspace':
    '"{id}" 데이터셋은 처음 쓸 때 작업 공간에 만들어지는데, 열린 작업 공간이 없습니다. 먼저 작업 공간을 여십시오.',
  'dataset.notImported':
    '{path} 경로에는 읽기 전에 가져와야 하는 기록이나 그림이 있습니다. "spikedesk datasets add" 등으로 먼저 추가하십시오.',
  'dataset.packedDamaged': '가져온 {file} 파일이 손상되었습니다. 원래 위치에서 데이터셋을 다시 추가하십시오.',
  'dataset.packedVersion':
    '{file} 파일의 가져온 데이터셋 버전은 {found}입니다. 이 프로그램은 버전 {known}까지 읽습니다. 프로그램을 업데이트하십시오.',
  'dataset.importUnwritable':
    '{path} 위치에 가져온 데이터를 쓸 수 없습니다({reason}). 아무것도 남기지 않았습니다.',
  'dataset.cancelled': '{path} 가져오기를 취소했습니다. 아무것도 남기지 않았습니다.',
  'dataset.classesMissing':
    '{path} 경로에 {split} 분할의 샘플이 없는 클래스가 있습니다: {missing}. {name} 데이터셋은 분할마다 클래스가 {classes}개입니다. 다시 복사하거나 내려받거나, 문제를 제외하고 가져오십시오.',
  'dataset.tooManyClasses':
    '{path} 경로에 클래스 폴더가 {found}개 있습니다. 읽을 수 있는 클래스는 최대 {limit}개입니다.',
  'dataset.importProblems':
    '{path}: 샘플 {total}개 가운데 {count}개를 그대로 쓸 수 없습니다. 첫 번째는 {first}이며, 이유: {kind}. 파일({names})을 바꾸거나, 문제를 제외하거나 고쳐서 가져오십시오.',
  'dataset.nothingLeft':
    '{path} 경로에 쓸 수 있는 샘플이 없습니다. {count}개 모두 손상되었거나, 비어 있거나, 순서가 맞지 않습니다.',
  'dataset.singleRecording':
    '{path} 파일은 기록 하나({format})입니다. 데이터셋은 클래스마다 기록 폴더가 하나씩 있는 폴더입니다. 기록 하나는 "spikedesk datasets info"로 볼 수 있습니다.',
  'dataset.missingFile':
    '{path} 경로에 {name} 데이터셋에 필요한 {wanted} 파일이 없습니다. 그곳에 복사하십시오.',
  'dataset.recordLength':
    '{file} 파일의 크기 {found}바이트는 이미지 하나의 크기 {wanted}바이트의 배수가 아닙니다. 다시 복사하거나 내려받으십시오.',
  'recording.truncated':
    '{file} 파일이 이벤트 중간에서 끝납니다. {found}바이트는 이벤트 하나의 크기 {wanted}바이트의 배수가 아닙니다. 다시 복사하거나 내려받으십시오.',
  'recording.foreign': '{file} 파일은 이름과 달리 알려진 이벤트 기록이 아닙니다. 필요한 형식: {wanted}.',
  'recording.damaged': '{file} 파일이 손상되었습니다({detail}). 다시 복사하거나 내려받으십시오.',
  'recording.line': '{file}: {line}번째 줄이 "{found}"입니다. 필요한 것: {wanted}.',
  'recording.value':
    '{file}: 이벤트 {index}의 {column} 값이 {found}입니다. 0부터 {last}까지의 정수가 필요합니다.',
  'recording.empty':
    '{file} 파일에 이벤트가 없습니다. 기록에는 이벤트가 하나 이상 있어야 합니다. 파일을 바꾸거나 빼십시오.',
  'recording.unsorted':
    '{file}: 시간이 {events}번 뒤로 가며, 처음은 이벤트 {index}입니다. 기록의 이벤트는 시간 순서여야 합니다. 파일을 바꾸거나, 문제를 빼거나 고치면서 데이터셋을 가져오십시오.',
  'recording.outside':
    '{file}: 이벤트 {events}개가 {width} × {height} 픽셀 센서 밖에 있으며, 처음은 x {x}, y {y}입니다. 파일을 바꾸거나, 문제를 빼거나 고치면서 데이터셋을 가져오십시오.',
  'recording.tooLong':
    '{file} 기록의 길이가 {seconds}초입니다. 가져올 수 있는 가장 긴 기록은 4294초입니다. 여러 부분으로 나누십시오.',
  'array.damaged': '{file} 파일은 온전한 NumPy 배열이 아닙니다({detail}).',
  'array.type': '{file} 파일의 값 형식은 {found}입니다. 필요한 형식: {wanted}.',
  'array.shape': '{file} 파일의 배열 모양은 {found}입니다. 필요한 모양: {wanted}.',
  'array.missing': '{file} 파일에 {wanted}(이)라는 배열이 없습니다. 들어 있는 것: {holds}.',
  'hdf.damaged': '{file} 파일을 HDF5 파일로 읽을 수 없습니다({detail}). 다시 복사하거나 내려받으십시오.',
  'hdf.missing':
    '{file} 파일에 "{missing}" 항목이 없습니다. SHD와 SSC처럼 spikes/times, spikes/units, labels가 든 HDF5 파일이 필요합니다.',
  'hdf.shape': '{file}: "{name}" 항목은 {found}입니다. 필요한 것: {wanted}.',
  'picture.unreadable':
    '{file} 파일은 읽을 수 있는 그림이 아닙니다({detail}). 바꾸거나, 문제를 제외하고 가져오십시오.',
  'picture.size':
    '{file} 그림은 {found}인데, 데이터셋의 첫 그림은 {wanted}입니다. 모든 그림의 크기가 같아야 합니다. 크기를 바꾸거나, 문제를 제외하고 가져오십시오.',
  'picture.tooLarge':
    '{file} 그림은 {width} × {height} 픽셀입니다. 그림 하나에서 읽을 수 있는 픽셀은 최대 {limit}개입니다.',
  'picture.total':
    '{path} 데이터셋의 픽셀은 이미지 데이터셋에 허용되는 {limit}바이트를 넘습니다. 그림의 수나 크기를 줄이십시오.',
  'archive.unsafeName':
    '{file} 파일을 거부했습니다. 데이터 아카이브에는 있을 수 없는, 아카이브 밖을 가리키는 이름 "{name}"이 들어 있습니다.',
  'archive.absurd':
    '{file} 파일을 거부했습니다. "{name}" 항목이 {packed}바이트에서 {found}바이트로 풀린다고 되어 있는데, 그런 데이터는 없습니다. 다시 복사하거나 내려받으십시오.',
  'archive.damaged':
    '{file} 파일은 온전한 아카이브가 아닙니다. 파일 목록을 읽을 수 없습니다. 다시 복사하거나 내려받으십시오.',
  'archive.damagedEntry':
    '{file}: 그 안의 "{name}" 항목이 손상되었습니다. 내용이 체크섬과 맞지 않습니다. 아카이브를 다시 복사하거나 내려받으십시오.',
  'archive.encrypted': '{file}: 그 안의 "{name}" 항목이 암호화되어 있습니다. 먼저 암호로 푸십시오.',
  'archive.method':
    '{file}: 그 안의 "{name}" 항목은 여기서 읽지 못하는 방식 {method}(으)로 압축되어 있습니다. deflate로 다시 압축하십시오.',
  'archive.nameTwice':
    '{file} 파일의 목록에 "{name}" 항목이 두 번 있어 아카이브가 손상된 것입니다. 다시 복사하거나 내려받으십시오.',
  'archive.tooMany': '{path} 경로에는 살펴볼 수 있는 최대 개수인 {limit}개보다 많은 파일이 있습니다.',
}

export const importParts: Record<keyof typeof importPhrases, string> = {
  'problem.unreadable': '손상됨',
  'problem.empty': '이벤트 없음',
  'problem.unsorted': '시간이 뒤로 감',
  'problem.outside': '센서 밖의 이벤트',
  'problem.tooLong': '너무 긺',
  'problem.size': '다른 크기',
  'problem.duplicated': '중복됨',
  'problem.dropped': '설정에 따라 빠진 이벤트',
  'problem.missing': '없음',
  'detail.header': '머리글이 끝나지 않음',
  'detail.headerValues': '머리글의 값이 맞지 않음',
  'detail.short': '너무 일찍 끝남',
  'detail.packet': '{at}바이트 위치의 패킷이 맞지 않음',
  'detail.unpack': '{at}바이트 위치의 패킷을 풀 수 없음',
  'detail.noEvents': '이벤트 스트림이 없음',
  'detail.compression': '패킷이 알 수 없는 방식 {found}(으)로 압축됨',
  'detail.png': '손상된 PNG 파일',
  'detail.jpeg': '손상된 JPEG 파일',
  'detail.neither': 'PNG도 JPEG도 아님',
  'wanted.txyp': '쉼표로 나눈 이벤트의 시간, x, y, 극성(0 또는 1)',
  'wanted.gesture': '1부터 11까지의 클래스, 시작 시간과 끝 시간(µs)',
  'wanted.trials': '있는 기록의 이름',
  'wanted.numbers': '정수나 부동소수점 수',
  'wanted.bytes': '부호 없는 바이트',
  'wanted.integers': '정수',
  'wanted.eventArray': '[events, 4] 또는 필드 t, x, y, p가 있는 구조체 배열',
  'wanted.eventVector': '시간과 길이가 같은 [events]',
  'wanted.imageArray': '[images, height, width], 채널이 있으면 처음이나 마지막',
  'wanted.labelArray': '이미지 수와 같은 [images]',
  'wanted.vlenNumbers': '기록마다 숫자 목록',
  'wanted.labels': '기록마다 0부터 255까지의 정수',
  'found.other': '다른 것',
  'found.entries': '항목 {count}개',
}
